/* The files of a report take their names together, or not at all. */
#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "deliver/deliver.h"

#include "page_support.h"
#include "suites.h"
#include "folder_support.h"

static Diags *diags;
static Delivery *delivery;

static void begin(void)
{
    folder_begin();
    diags = diags_new();
    delivery = delivery_new(folder);
}

static void end(void)
{
    delivery_drop(delivery);
    diags_drop(diags);
    folder_end();
}

static size_t files_there(void)
{
    size_t n = 0;
    DIR *d = opendir(folder);
    ck_assert_ptr_nonnull(d);
    for (struct dirent *entry; (entry = readdir(d)) != NULL;)
        n += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(d);
    return n;
}

static void check_content(const char *name, const char *expected)
{
    char *path = file_join(folder, name);
    StrBuf bytes = {0};
    ck_assert_int_eq(file_read(path, 1 << 20, &bytes), 0);
    ck_assert(str_equal(strbuf_str(&bytes), str_from(expected)));
    strbuf_drop(&bytes);
    mem_free(path);
}

static void deliver(const char *name, const char *text)
{
    DeliveryFile *file = delivery_begin(delivery, str_from(name), diags, (Pos){0, 0, 0});
    ck_assert_ptr_nonnull(file);
    ck_assert(delivery_write(file, text, strlen(text)));
    ck_assert_int_eq(delivery_end(file), 0);
}

START_TEST(files_appear_together)
{
    const char *path = NULL;
    deliver("a.pdf", "one");
    deliver("b.pdf", "two!");
    ck_assert_uint_eq(files_there(), 0);
    ck_assert_int_eq(delivery_publish(delivery, &path), 0);
    ck_assert_uint_eq(files_there(), 2);
    ck_assert_uint_eq(delivery_count(delivery), 2);
    ck_assert_uint_eq(delivery_size(delivery, 1), 4);
    ck_assert(str_ends(str_from(delivery_path(delivery, 0)), STR("/a.pdf")));
    check_content("a.pdf", "one");
    check_content("b.pdf", "two!");
}
END_TEST

START_TEST(what_is_not_published_is_gone)
{
    const char *path = NULL;
    deliver("a.pdf", "old");
    ck_assert_int_eq(delivery_publish(delivery, &path), 0);
    delivery_drop(delivery);
    delivery = delivery_new(folder);
    deliver("a.pdf", "new");
    deliver("b.pdf", "new");
    delivery_drop(delivery);
    delivery = delivery_new(folder);
    ck_assert_uint_eq(files_there(), 1);
    check_content("a.pdf", "old");
}
END_TEST

START_TEST(names_are_checked)
{
    static const char *const bad[] = {"",        ".a.pdf", "a/b.pdf", "../a.pdf", "\xC3\xA6.pdf",
                                      "a b.pdf", "a\n"};
    char longest[102];
    memset(longest, 'a', sizeof longest);
    longest[101] = 0;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_ptr_null(delivery_begin(delivery, str_from(bad[i]), diags, (Pos){0, 0, 0}));
    ck_assert_ptr_null(delivery_begin(delivery, str_from(longest), diags, (Pos){0, 0, 0}));
    ck_assert_uint_eq(diags_count(diags, DIAG_ERROR), sizeof bad / sizeof *bad + 1);
    longest[100] = 0;
    deliver(longest, "x");
    deliver("A-z_0.9", "x");
    ck_assert_ptr_null(delivery_begin(delivery, STR("A-z_0.9"), diags, (Pos){0, 0, 0}));
    ck_assert_uint_eq(diags_count(diags, DIAG_ERROR), sizeof bad / sizeof *bad + 2);
    ck_assert_ptr_nonnull(
        strstr(diags_message(diags, sizeof bad / sizeof *bad + 1), "another file of this run"));
}
END_TEST

START_TEST(a_name_that_cannot_be_had_is_told)
{
    const char *path = NULL;
    char *taken = file_join(folder, "b.pdf");
    ck_assert_int_eq(mkdir(taken, 0700), 0);
    DeliveryFile *file = delivery_begin(delivery, STR("b.pdf"), diags, (Pos){0, 0, 0});
    bool written = delivery_write(file, "x", 1) && delivery_end(file) == 0;
    ck_assert(delivery_publish(delivery, &path) != 0 || !written);
    ck_assert(str_ends(str_from(path), STR("/b.pdf")));
    ck_assert(file_is_folder(taken));
    mem_free(taken);
}
END_TEST

START_TEST(a_folder_that_is_missing_is_told)
{
    Delivery *lost = delivery_new("/nonexistent/folder");
    DeliveryFile *file = delivery_begin(lost, STR("a.pdf"), diags, (Pos){0, 0, 0});
    ck_assert_ptr_nonnull(file);
    ck_assert(!delivery_write(file, "x", 1) || delivery_end(file) == ENOENT);
    ck_assert_int_eq(delivery_end(file), ENOENT);
    delivery_drop(lost);
}
END_TEST

Suite *deliver_suite(void)
{
    Suite *suite = suite_create("deliver");
    TCase *tests = tcase_create("deliver");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, files_appear_together);
    tcase_add_test(tests, what_is_not_published_is_gone);
    tcase_add_test(tests, names_are_checked);
    tcase_add_test(tests, a_name_that_cannot_be_had_is_told);
    tcase_add_test(tests, a_folder_that_is_missing_is_told);
    suite_add_tcase(suite, tests);
    return suite;
}
