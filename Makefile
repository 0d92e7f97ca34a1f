# make packs   the PDFs of every report in data/, in build/packs
# make check   all tests
# Both install what they need (tools/setup). More targets: docs/development.md.

VERSION := 0.1.0
BUILD ?= build
PREFIX ?= /usr/local
TARGETS := all packs check look look-check pictures conformance lint asan tsan valgrind fuzz bench install

.PHONY: $(TARGETS) clean

ifndef READY
# Packages first: pkg-config may not be there when this file is read.
all packs check look look-check pictures conformance lint asan tsan valgrind fuzz bench install:
	@tools/setup $@
	@$(MAKE) --no-print-directory -j$$(nproc) READY=1 $@

clean:
	rm -rf $(BUILD)

.DEFAULT_GOAL := all
else

CC ?= gcc
LIBS := harfbuzz harfbuzz-subset freetype2 fontconfig icu-uc libdeflate libpng libjpeg libqrencode yaml-0.1
WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes
OPTIMISE ?= -O2
CFLAGS ?= $(OPTIMISE) -g
ALL_CFLAGS := -std=c11 -D_GNU_SOURCE -Isrc $(WARNINGS) $(shell pkg-config --cflags $(LIBS)) \
	-DBRIEFPACK_VERSION='"$(VERSION)"' -DBRIEFPACK_DATA='"$(PREFIX)/share/briefpack"' -DBRIEFPACK_HELPERS='"$(PREFIX)/libexec/briefpack"' -DBRIEFPACK_LOCALE='"$(PREFIX)/share/locale"' -pthread \
	$(if $(WERROR),-Werror) $(if $(COVERAGE),-fsanitize-coverage=$(COVERAGE)) $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer -Wno-unknown-warning-option -Wno-format-truncation) $(CFLAGS)
ALL_LIBS := -lhpdf -lcmark-gfm -lcmark-gfm-extensions $(shell pkg-config --libs $(LIBS)) -lm -pthread \
	$(if $(SANITIZE),-fsanitize=$(SANITIZE))

SOURCES := $(wildcard src/*/*.c)
OBJECTS := $(SOURCES:%.c=$(BUILD)/obj/%.o)
# Reading PDFs is a program of its own: its libraries are not loaded to make them.
READER := $(filter $(BUILD)/obj/src/tagged/% $(BUILD)/obj/src/aloud/%,$(OBJECTS))
READER_LIBS = $(shell pkg-config --libs libqpdf yaml-0.1 libxxhash) -lm -pthread $(if $(SANITIZE),-fsanitize=$(SANITIZE))
PROGRAM := $(filter-out $(READER),$(OBJECTS))
LIBRARY := $(filter-out $(BUILD)/obj/src/command/% %/aloud/main.o %/aloud/sound.o,$(OBJECTS))
MESSAGES := $(patsubst po/%.po,$(BUILD)/locale/%/LC_MESSAGES/briefpack.mo,$(wildcard po/*.po))
UNIT_SOURCES := $(wildcard tests/unit/*.c)
UNIT_OBJECTS := $(UNIT_SOURCES:%.c=$(BUILD)/obj/%.o)

# tests/fuzz/fuzz_NAME.c is a target for libFuzzer; with once.c it runs each file that it is given once.
FUZZ_SOURCES := $(wildcard tests/fuzz/*.c)
FUZZ_OBJECTS := $(FUZZ_SOURCES:%.c=$(BUILD)/obj/%.o)
FUZZ_NAMES := $(patsubst tests/fuzz/fuzz_%.c,%,$(filter-out %/fuzz_support.c,$(filter tests/fuzz/fuzz_%,$(FUZZ_SOURCES))))
FUZZ_ONCE := $(FUZZ_NAMES:%=$(BUILD)/once/%)
FUZZERS := $(FUZZ_NAMES:%=$(BUILD)/fuzzer/%)

all: $(BUILD)/briefpack $(BUILD)/briefpack-read-aloud $(BUILD)/hyphenation.dat $(MESSAGES)

$(BUILD)/briefpack: $(PROGRAM)
	@echo link $@
	@$(CC) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)

$(BUILD)/briefpack-read-aloud: $(READER) $(filter $(BUILD)/obj/src/base/% $(BUILD)/obj/src/conf/% $(BUILD)/obj/src/language/%,$(OBJECTS)) \
  $(patsubst %,$(BUILD)/obj/src/command/%.o,language memory options paths)
	@echo link $@
	@$(CC) $(LDFLAGS) -o $@ $^ $(READER_LIBS)

$(BUILD)/unit: $(LIBRARY) $(UNIT_OBJECTS)
	@echo link $@
	@$(CC) $(LDFLAGS) -o $@ $^ $(ALL_LIBS) $(shell pkg-config --libs libqpdf check)

# What words are divided by, from Debian's patterns and dictionary.
PATTERNS := /usr/share/hyphen
DICTIONARY := /usr/share/hunspell
TOOL_OBJECTS := $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard tools/hyphenation/*.c))
HYPHEN_WORDS := tools/hyphenation/danish.dic

$(TOOL_OBJECTS): ALL_CFLAGS += -Itools/hyphenation

$(BUILD)/hyphenation-data: $(TOOL_OBJECTS) $(filter $(BUILD)/obj/src/base/%,$(OBJECTS)) $(BUILD)/obj/src/language/hyphen_format.o
	@echo link $@
	@$(CC) $(LDFLAGS) -o $@ $^ -lm -pthread $(if $(SANITIZE),-fsanitize=$(SANITIZE))

$(BUILD)/hyphenation.dat: $(BUILD)/hyphenation-data $(HYPHEN_WORDS) $(wildcard $(PATTERNS)/hyph_*.dic $(DICTIONARY)/da_DK.*)
	@$(BUILD)/hyphenation-data $(PATTERNS) $(DICTIONARY) $(HYPHEN_WORDS) $@

$(BUILD)/once/%: $(BUILD)/obj/tests/fuzz/fuzz_%.o $(BUILD)/obj/tests/fuzz/once.o $(BUILD)/obj/tests/fuzz/fuzz_support.o $(LIBRARY)
	@mkdir -p $(@D)
	@echo link $@
	@$(CC) $(LDFLAGS) -o $@ $^ $(ALL_LIBS) $(shell pkg-config --libs libqpdf)

$(BUILD)/fuzzer/%: $(BUILD)/obj/tests/fuzz/fuzz_%.o $(BUILD)/obj/tests/fuzz/fuzz_support.o $(LIBRARY)
	@mkdir -p $(@D)
	@echo link $@
	@$(CC) $(LDFLAGS) -o $@ $^ $(ALL_LIBS) $(shell pkg-config --libs libqpdf) -fsanitize=fuzzer

$(BUILD)/obj/tests/%.o: ALL_CFLAGS += $(shell pkg-config --cflags check) -I$(BUILD) -Itests/unit
$(UNIT_OBJECTS): $(BUILD)/suites.h

# tests/unit/test_NAME.c gives NAME_suite().
$(BUILD)/suites.h: FORCE
	@mkdir -p $(@D)
	@{ echo '#include <check.h>'; echo '#define SUITES(X) $(patsubst tests/unit/test_%.c,X(%),$(filter tests/unit/test_%,$(UNIT_SOURCES)))'; \
	  printf 'Suite *%s_suite(void);\n' $(patsubst tests/unit/test_%.c,%,$(filter tests/unit/test_%,$(UNIT_SOURCES))); } >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

# Whatever changes the command line makes everything anew.
FLAGS := $(CC) $(ALL_CFLAGS)
$(BUILD)/flags: FORCE
	@mkdir -p $(BUILD)
	@printf '%s\n' '$(subst ','\'',$(FLAGS))' | cmp -s - $@ || printf '%s\n' '$(subst ','\'',$(FLAGS))' >$@
	@printf '%s\n' '$(subst ','\'',$(ALL_CFLAGS))' >$(BUILD)/cflags
FORCE:

$(BUILD)/obj/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	@echo compile $<
	@$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

-include $(OBJECTS:.o=.d) $(TOOL_OBJECTS:.o=.d) $(UNIT_OBJECTS:.o=.d) $(FUZZ_OBJECTS:.o=.d)
.SECONDARY: $(FUZZ_OBJECTS)

$(BUILD)/locale/%/LC_MESSAGES/briefpack.mo: po/%.po
	@mkdir -p $(@D)
	@msgfmt --check -o $@ $<

packs: all
	@mkdir -p $(BUILD)/packs
	@$(BUILD)/briefpack build -o $(BUILD)/packs $(wildcard data/*)

TESTS ?= includes unit fuzz system
export TESTS
check: all $(if $(filter unit,$(TESTS)),$(BUILD)/unit) $(if $(filter fuzz,$(TESTS)),$(FUZZ_ONCE)) \
  $(BUILD)/spec.txt $(BUILD)/fail_malloc.so $(BUILD)/locale/da_DK.UTF-8
	@BUILD=$(BUILD) tests/run

# How the pages of data/ look: compared with pictures of them, and as sheets to look at.
look-check: all
	@BUILD=$(BUILD) tests/look/run check

look: all
	@BUILD=$(BUILD) tests/look/run sheets

# Those of README.md and docs/design.md, and the table of colours there.
pictures: all
	@BUILD=$(BUILD) tools/design pictures
	@tools/design colours

$(BUILD)/fail_malloc.so: tests/system/fail_malloc.c
	@mkdir -p $(@D)
	@$(CC) -std=c11 -D_GNU_SOURCE -O2 $(WARNINGS) -fPIC -shared -o $@ $< -ldl

# The specification of GitHub's Markdown; from its package where the system installs no documentation.
SPEC := /usr/share/doc/cmark-gfm/spec.txt.gz
$(BUILD)/spec.txt:
	@mkdir -p $(@D)/spec
	@if [ -f $(SPEC) ]; then zcat $(SPEC); else cd $(@D)/spec && apt-get download -qq cmark-gfm >&2 && \
	  dpkg-deb --fsys-tarfile cmark-gfm_*.deb | tar -xO .$(SPEC) | zcat; fi >$@.new
	@test -s $@.new && mv $@.new $@

# A locale with a decimal comma, so that no test depends on what is installed.
$(BUILD)/locale/da_DK.UTF-8:
	@mkdir -p $(@D)
	@localedef -i da_DK -f UTF-8 $@

conformance: packs check-documents
	@BUILD=$(BUILD)/conformance tests/conformance/prove

.PHONY: check-documents
check-documents: $(BUILD)/briefpack $(BUILD)/hyphenation.dat $(BUILD)/spec.txt
	@BUILD=$(BUILD) tests/system/make-documents

lint: all $(BUILD)/suites.h
	@BUILD=$(BUILD) tools/lint

SANITIZED = $(MAKE) --no-print-directory READY=1 OPTIMISE=-O1
# Instrumented for libFuzzer as well, so that the fuzzers need no build of their own: by counters in the code,
# as to be called at each comparison takes two thirds of the tests' time. A long search may want that, too:
# COVERAGE=inline-8bit-counters,pc-table,trace-cmp.
COUNTERS := inline-8bit-counters,pc-table
ASAN = $(SANITIZED) BUILD=$(BUILD)/asan CC=clang SANITIZE=address,undefined COVERAGE='$(or $(COVERAGE),$(COUNTERS))'

# What other programs say of the PDFs is the same under sanitizers.
asan:
	+@TESTS='unit fuzz system' SYSTEM='test_[abirt]*.py' \
	  LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0 $(ASAN) check

# HarfBuzz isn't instrumented, so its atomic operations aren't seen. Only what has threads is worth the time.
THREADED := base document glyph pdf
tsan:
	+@TESTS='unit system' SYSTEM='test_build.py test_threads.py' TSAN_OPTIONS=suppressions=$(CURDIR)/tests/tsan.supp \
	  $(SANITIZED) BUILD=$(BUILD)/tsan CC=clang SANITIZE=thread check \
	  UNIT_SOURCES='$(filter-out tests/unit/test_%,$(UNIT_SOURCES)) $(THREADED:%=tests/unit/test_%.c)'

# FUZZ_SECONDS of each target or FUZZ_INPUTS inputs, FUZZ="number csv" for some of them.
fuzz:
	+@$(ASAN) fuzzers
	@BUILD=$(BUILD)/asan tests/fuzz/run $(or $(FUZZ),$(FUZZ_NAMES))

.PHONY: fuzzers
fuzzers: $(FUZZERS)

valgrind: $(BUILD)/briefpack $(BUILD)/hyphenation.dat
	@mkdir -p $(BUILD)/valgrind
	JSIMD_FORCENONE=1 valgrind --quiet --error-exitcode=9 --leak-check=full --show-leak-kinds=definite,indirect \
	  --errors-for-leak-kinds=definite,indirect \
	  $(BUILD)/briefpack build -j 2 -o $(BUILD)/valgrind $(wildcard data/*)

# Type set by itself, without reports and PDFs.
$(BUILD)/micro: $(BUILD)/obj/tests/bench/micro.o $(filter-out $(READER),$(LIBRARY))
	@echo link $@
	@$(CC) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)

bench: $(BUILD)/briefpack $(BUILD)/hyphenation.dat $(BUILD)/micro
	@BUILD=$(BUILD) tests/bench/run

install: all
	install -D -m 755 $(BUILD)/briefpack $(DESTDIR)$(PREFIX)/bin/briefpack
	install -D -m 755 $(BUILD)/briefpack-read-aloud $(DESTDIR)$(PREFIX)/libexec/briefpack/briefpack-read-aloud
	install -D -m 644 $(BUILD)/hyphenation.dat $(DESTDIR)$(PREFIX)/share/briefpack/hyphenation.dat
	install -D -m 644 docs/briefpack.1 $(DESTDIR)$(PREFIX)/share/man/man1/briefpack.1
	install -D -m 644 tools/completion.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/briefpack
	cd $(BUILD)/locale && find . -name briefpack.mo -exec install -D -m 644 {} $(DESTDIR)$(PREFIX)/share/locale/{} \;
	cd layouts && find . -name '*.yaml' -exec install -D -m 644 {} $(DESTDIR)$(PREFIX)/share/briefpack/layouts/{} \;
	cd templates && find . -name '*.md' -exec install -D -m 644 {} $(DESTDIR)$(PREFIX)/share/briefpack/templates/{} \;
	cd fonts && find . -type f -exec install -D -m 644 {} $(DESTDIR)$(PREFIX)/share/briefpack/fonts/{} \;
endif
