#include "model/internal.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define AT(type, member) (uint32_t) offsetof(type, member)
#define WORDS(list) .words = {list, COUNT(list)}
#define KIND(kind) (1u << (kind))
#define FOR(kind) kind, kind

/* ---- inlines -------------------------------------------------------------------------------- */

static const char *const inline_kinds[] = {[INLINE_TEXT] = "text",
                                           [INLINE_EMPHASIS] = "emphasis",
                                           [INLINE_STRONG] = "strong",
                                           [INLINE_STRIKE] = "strike",
                                           [INLINE_SUPER] = "super",
                                           [INLINE_SUB] = "sub",
                                           [INLINE_NOTE] = "note",
                                           [INLINE_CODE] = "code",
                                           [INLINE_LINK] = "link",
                                           [INLINE_IMAGE] = "image",
                                           [INLINE_SPAN] = "span",
                                           [INLINE_FIGURE] = "figure",
                                           [INLINE_LINE_BREAK] = "line-break"};
static const Words inline_words = {inline_kinds, COUNT(inline_kinds)};

enum {
    WITH_TEXT = KIND(INLINE_TEXT) | KIND(INLINE_CODE),
    WITH_CONTENT = KIND(INLINE_EMPHASIS) | KIND(INLINE_STRONG) | KIND(INLINE_STRIKE) |
                   KIND(INLINE_SUPER) | KIND(INLINE_SUB) | KIND(INLINE_LINK) | KIND(INLINE_SPAN),
    WITH_TARGET = KIND(INLINE_LINK) | KIND(INLINE_IMAGE)
};

static const Field inline_fields[] = {
    {"kind", TYPE_CHOICE, AT(InlineDraft, in.kind), 0, EVERY_KIND, WORDS(inline_kinds),
     "what it is"},
    {"at", TYPE_PLACE, AT(InlineDraft, in.pos), .about = "where it stands in its file"},
    {"text", TYPE_TEXT, AT(InlineDraft, in.text), WITH_TEXT, WITH_TEXT,
     .about = "the words themselves; a line's end in them means a space", .may_be_empty = true},
    {"figure", TYPE_TEXT, AT(InlineDraft, in.text), KIND(INLINE_FIGURE), KIND(INLINE_FIGURE),
     .about = "id of the key figure that is printed here, with its precision word and unit"},
    {"pull-out", TYPE_BOOL, AT(InlineDraft, pull_out), KIND(INLINE_FIGURE),
     .about =
         "the key figure is also shown large beside this text, where a layout has a side column"},
    {"what", TYPE_TEXT, AT(InlineDraft, what), KIND(INLINE_FIGURE),
     .about = "of a pull-out: instead of the figure's name; reads on from the number"},
    {"target", TYPE_TEXT, AT(InlineDraft, target), WITH_TARGET, WITH_TARGET,
     .about = "of a link: '#' and an id, or an address; of an image: its path in the folder"},
    {"title", TYPE_TEXT, AT(InlineDraft, in.text), WITH_TARGET,
     .about = "of a link or image, as Markdown has it"},
    {"note", TYPE_NOTE, 0, KIND(INLINE_NOTE), KIND(INLINE_NOTE),
     .about = "label of the footnote whose mark stands here, or its number, counted from 1"},
    {"language", TYPE_TEXT, AT(InlineDraft, language), KIND(INLINE_SPAN), 0,
     .about = "BCP 47 tag of the language of the words, such as en"},
    {"content", TYPE_INLINES, AT(InlineDraft, in.children), WITH_CONTENT, 0,
     .about = "what is emphasised, linked …"},
    {"alt", TYPE_INLINES, AT(InlineDraft, in.children), FOR(KIND(INLINE_IMAGE)),
     .about = "what the picture shows, for those who can't see it; an empty text marks decoration",
     .may_be_empty = true}};

const Shape inline_shape = {"inline",      "A piece of running text.",
                            inline_fields, COUNT(inline_fields),
                            &inline_words, AT(InlineDraft, in.kind)};

/* ---- blocks --------------------------------------------------------------------------------- */

static const char *const block_kinds[] = {[BLOCK_PARAGRAPH] = "paragraph",
                                          [BLOCK_HEADING] = "heading",
                                          [BLOCK_LIST] = "list",
                                          [BLOCK_ITEM] = "item",
                                          [BLOCK_QUOTE] = "quote",
                                          [BLOCK_BOX] = "box",
                                          [BLOCK_CODE] = "code",
                                          [BLOCK_RULE] = "rule",
                                          [BLOCK_TABLE] = "table",
                                          [BLOCK_IMAGE] = "image",
                                          [BLOCK_VISIT] = "visit",
                                          [BLOCK_KEY_FIGURES] = "key-figures",
                                          [BLOCK_RECOMMENDATIONS] = "recommendations",
                                          [BLOCK_CHART] = "chart",
                                          [BLOCK_TILES] = "tiles"};
static const Words block_words = {block_kinds, COUNT(block_kinds)};

static const char *const boxes[] = {[BOX_NOTE] = "note",
                                    [BOX_CAVEAT] = "caveat",
                                    [BOX_SECRETARIAT] = "secretariat",
                                    [BOX_MEANING] = "meaning",
                                    [BOX_CLOSED] = "closed"};
static const char *const columns[] = {[COLUMN_PLAIN] = "plain",
                                      [COLUMN_LEFT] = "left",
                                      [COLUMN_CENTRE] = "centre",
                                      [COLUMN_RIGHT] = "right"};
static const char *const tasks[] =
    {[TASK_NONE] = "none", [TASK_OPEN] = "open", [TASK_DONE] = "done"};

enum {
    PARAGRAPH = KIND(BLOCK_PARAGRAPH),
    HEADING = KIND(BLOCK_HEADING),
    LIST = KIND(BLOCK_LIST),
    ITEM = KIND(BLOCK_ITEM),
    QUOTE = KIND(BLOCK_QUOTE),
    BOX = KIND(BLOCK_BOX),
    CODE = KIND(BLOCK_CODE),
    TABLE = KIND(BLOCK_TABLE),
    IMAGE = KIND(BLOCK_IMAGE),
    VISIT = KIND(BLOCK_VISIT),
    GATHERING = KIND(BLOCK_KEY_FIGURES) | KIND(BLOCK_RECOMMENDATIONS),
    CHART = KIND(BLOCK_CHART),
    TILES = KIND(BLOCK_TILES)
};

static const Field block_fields[] = {
    {"kind", TYPE_CHOICE, AT(BlockDraft, block.kind), ~(uint32_t)ITEM, ~(uint32_t)ITEM,
     WORDS(block_kinds), "what it is"},
    {"at", TYPE_PLACE, AT(BlockDraft, block.pos), .about = "where it stands in its file"},
    {"id", TYPE_ID, AT(BlockDraft, block.id), HEADING | TABLE | IMAGE | CHART | VISIT | GATHERING,
     .about = "what links lead to; headings and visits without one get one made of their title"},
    {"closed", TYPE_BOOL, AT(BlockDraft, block.closed),
     .about = "in closed editions alone; a closed heading closes all that is under it"},
    {"level", TYPE_INT, AT(BlockDraft, block.level), FOR(HEADING), .range = {2, 6, 0},
     .about = "1 is the section's own"},
    {"box", TYPE_CHOICE, AT(BlockDraft, block.box), FOR(BOX), WORDS(boxes),
     "closed needs no other mark that it is closed"},
    {"content", TYPE_INLINES, AT(BlockDraft, block.inlines), PARAGRAPH | HEADING,
     PARAGRAPH | HEADING, .about = "the words", .may_be_empty = true},
    {"title", TYPE_INLINES, AT(BlockDraft, block.inlines), BOX | GATHERING,
     .about = "of a closed box the legal reason"},
    {"name", TYPE_INLINES, AT(BlockDraft, block.inlines), FOR(VISIT),
     .about = "who was visited, or what the stop was"},
    {"meeting", TYPE_BOOL, AT(BlockDraft, visit.meeting), VISIT,
     .about = "a meeting rather than a visit"},
    {"stop", TYPE_BOOL, AT(BlockDraft, visit.stop), VISIT, .about = "a stop on a visit, inside it"},
    {"organisation", TYPE_TEXT, AT(BlockDraft, visit.organisation), VISIT,
     .about = "whose place it is, where the name doesn't say it"},
    {"place", TYPE_TEXT, AT(BlockDraft, visit.place), VISIT, .about = "where it was"},
    {"date", TYPE_DATE, AT(BlockDraft, visit.date), VISIT, .about = "when it was"},
    {"contact", TYPE_TEXT, AT(BlockDraft, visit.contact), VISIT, .about = "who was met"},
    {"facts", TYPE_FACTS, 0, VISIT, .about = "what else is to be known at a glance"},
    {"path", TYPE_TEXT, AT(BlockDraft, block.text), FOR(IMAGE),
     .about = "of a PNG or JPEG, in the report's folder"},
    {"alt", TYPE_INLINES, AT(BlockDraft, block.inlines), FOR(IMAGE), .may_be_empty = true,
     .about = "what the picture shows, for those who can't see it; an empty text marks decoration"},
    {"code", TYPE_TEXT, AT(BlockDraft, block.text), CODE, CODE, .about = "lines as they are",
     .may_be_empty = true},
    {"info", TYPE_TEXT, AT(BlockDraft, info), CODE,
     .about = "what is said of the lines: python, {lang=en}"},
    {"task", TYPE_CHOICE, AT(BlockDraft, task), ITEM, WORDS(tasks),
     .about = "a box before the item, ticked or not"},
    {"ordered", TYPE_BOOL, AT(BlockDraft, list.ordered), LIST, .about = "numbered"},
    {"start", TYPE_INT, AT(BlockDraft, start), LIST, 0, .range = {0, 999999999, -1},
     .about = "the first number; 1 when missing"},
    {"parenthesis", TYPE_BOOL, AT(BlockDraft, list.parenthesis), LIST, .about = "1) instead of 1."},
    {"loose", TYPE_BOOL, AT(BlockDraft, loose), LIST,
     .about = "items stand apart as paragraphs do"},
    {"items", TYPE_ITEMS, AT(BlockDraft, block.children), FOR(LIST), .about = "its items"},
    {"align", TYPE_ALIGN, 0, TABLE, WORDS(columns), .about = "how its columns are set"},
    {"plain-rows", TYPE_BOOL, AT(BlockDraft, plain_rows), TABLE,
     .about = "the first column doesn't name the rows, though it has a heading"},
    {"caption", TYPE_INLINES, AT(BlockDraft, caption), TABLE | IMAGE,
     .about = "what stands with it"},
    {"rows", TYPE_ROWS, 0, FOR(TABLE), .about = "its rows, the head first, of as many cells each"},
    {"type", TYPE_CHOICE, AT(BlockDraft, chart.type), FOR(CHART),
     .words = {chart_type_names, CHART_TYPES}, .about = "what is drawn"},
    {"headline", TYPE_TEXT, AT(BlockDraft, chart.headline), FOR(CHART),
     .about = "what the chart shows, as a sentence"},
    {"headline-at", TYPE_PLACE, AT(BlockDraft, chart.headline_pos), CHART, .of = "headline",
     .about = "where the headline stands in its file"},
    {"subtitle", TYPE_TEXT, AT(BlockDraft, chart.subtitle), CHART, .about = "what is counted"},
    {"source", TYPE_TEXT, AT(BlockDraft, source), CHART | TILES, .about = "who says so"},
    {"tiles", TYPE_TILES, 0, FOR(TILES), .about = "the key figures that are shown large"},
    {"figures", TYPE_TEXTS, AT(BlockDraft, chart.figure), CHART,
     .texts = {AT(BlockDraft, chart.n), AT(BlockDraft, chart.figure_pos), true},
     .about = "ids of the key figures that are drawn"},
    {"from", TYPE_TEXT, AT(BlockDraft, chart.from), CHART,
     .about = "id of the table that is drawn, where no figures are"},
    {"from-at", TYPE_PLACE, AT(BlockDraft, chart.from_pos), CHART, .of = "from",
     .about = "where it stands in its file"},
    {"row", TYPE_TEXT, AT(BlockDraft, chart.row), CHART,
     .about = "the table's row that is drawn, where not all are"},
    {"columns", TYPE_TEXTS, AT(BlockDraft, chart.column), CHART,
     .texts = {AT(BlockDraft, chart.columns), 0, false},
     .about = "heads of the table's columns that are drawn, where not all are"},
    {"target", TYPE_TEXT, AT(BlockDraft, chart.target), CHART,
     .about = "id of the key figure that progress is towards"},
    {"target-at", TYPE_PLACE, AT(BlockDraft, chart.target_pos), CHART, .of = "target",
     .about = "where it stands in its file"},
    {"total", TYPE_TEXT, AT(BlockDraft, chart.total), CHART,
     .about = "id of the key figure that shares sum to"},
    {"total-at", TYPE_PLACE, AT(BlockDraft, chart.total_pos), CHART, .of = "total",
     .about = "where it stands in its file"},
    {"labels", TYPE_TEXTS, AT(BlockDraft, chart.label), CHART,
     .texts = {AT(BlockDraft, chart.labels), 0, false},
     .about = "what each figure is called, instead of its name"},
    {"emphasis", TYPE_TEXT, AT(BlockDraft, chart.emphasis), CHART,
     .about = "label of what the headline is about"},
    {"half", TYPE_BOOL, AT(BlockDraft, chart.half), CHART,
     .about = "half as wide as the page, beside another"},
    {"with-table", TYPE_BOOL, AT(BlockDraft, chart.with_table), CHART,
     .about = "its values stand below it as a table, too"},
    {"main", TYPE_BOOL, AT(BlockDraft, chart.main), CHART,
     .about = "it stands where a layout shows one chart alone"},
    {"minor", TYPE_BOOL, AT(BlockDraft, chart.minor), CHART,
     .about = "it never stands where a layout shows one chart alone"},
    {"without-key", TYPE_BOOL, AT(BlockDraft, chart.without_key), CHART,
     .about = "what its hatching means isn't said"},
    {"blocks", TYPE_BLOCKS, AT(BlockDraft, block.children), ITEM | QUOTE | BOX | VISIT | GATHERING,
     .about = "what is in it"}};

_Static_assert(COUNT(block_fields) <= MOST_FIELDS, "the largest shape");

const Shape block_shape = {"block",      "A paragraph, a table, a list …",
                           block_fields, COUNT(block_fields),
                           &block_words, AT(BlockDraft, block.kind)};

static const Field row_fields[] = {
    {"at", TYPE_PLACE, AT(RowDraft, pos), .about = "where it stands in its file"},
    {"cells", TYPE_CELLS, AT(RowDraft, cell), 0, EVERY_KIND, .about = "its cells"}};

const Shape row_shape = {"row", "A row of a table.", row_fields, COUNT(row_fields), NULL, 0};

static const Field mark_fields[] = {
    {"text", TYPE_TEXT, AT(MarkDraft, text), 0, EVERY_KIND, .about = "the text itself"},
    {"at", TYPE_PLACE, AT(MarkDraft, pos), .about = "where it stands in its file"}};

const Shape mark_shape = {
    "placed-text", "A text that knows its place.", mark_fields, COUNT(mark_fields), NULL, 0};

static const Field tile_fields[] = {
    {"figure", TYPE_TEXT, AT(Tile, figure), 0, EVERY_KIND, .about = "id of the key figure"},
    {"at", TYPE_PLACE, AT(Tile, pos), .about = "where it stands in its file"},
    {"what", TYPE_TEXT, AT(Tile, what), .about = "what is counted, instead of the figure's name"}};

const Shape tile_shape = {
    "tile", "A key figure that is shown large.", tile_fields, COUNT(tile_fields), NULL, 0};

static const Field fact_fields[] = {
    {"label", TYPE_TEXT, AT(VisitFact, label), 0, EVERY_KIND, .about = "what it is"},
    {"at", TYPE_PLACE, AT(VisitFact, pos), .about = "where it stands in its file"},
    {"text", TYPE_TEXT, AT(VisitFact, text), 0, EVERY_KIND, .about = "the fact itself"}};

const Shape fact_shape = {"fact", "A fact about a visit.", fact_fields, COUNT(fact_fields), NULL,
                          0};

static const Field note_fields[] = {
    {"label", TYPE_TEXT, AT(Note, label), .about = "what its marks say; it is not printed"},
    {"at", TYPE_PLACE, AT(Note, pos), .about = "where it stands in its file"},
    {"blocks", TYPE_BLOCKS, AT(Note, blocks), 0, .about = "its text"}};

const Shape note_shape = {"note", "A footnote.", note_fields, COUNT(note_fields), NULL, 0};

/* ---- sections ------------------------------------------------------------------------------- */

static const char *const section_kinds[] = {[SECTION_COMMON] = "common",
                                            [SECTION_SUMMARY] = "summary",
                                            [SECTION_WHOLE] = "whole",
                                            [SECTION_THEME] = "theme",
                                            [SECTION_GLOSSARY] = "glossary",
                                            [SECTION_SOURCES] = "sources",
                                            [SECTION_CHANGES] = "changes",
                                            [SECTION_ANNEX] = "annex",
                                            [SECTION_RECOMMENDATIONS] = "recommendations"};

static const Field section_fields[] = {
    {"kind", TYPE_CHOICE, AT(Section, kind), WORDS(section_kinds),
     .about =
         "common when missing; a theme gets a number and a briefing of its own; whole is for figures "
         "and recommendations that belong to no other section; layouts may have parts of their own for "
         "glossary, sources, changes, annexes and what is said of the recommendations before them"},
    {"at", TYPE_PLACE, AT(Section, pos), .about = "where its heading stands in its file"},
    {"id", TYPE_ID, AT(Section, id), .about = "made of the title when missing"},
    {"title", TYPE_INLINES, AT(Section, title), .about = "its heading"},
    {"closed", TYPE_BOOL, AT(Section, closed), .about = "in closed editions alone"},
    {"date", TYPE_DATE, AT(Section, date), .about = "its date"},
    {"blocks", TYPE_BLOCKS, AT(Section, blocks), .about = "its text"}};

const Shape section_shape = {"section",      "All under one heading of the highest level.",
                             section_fields, COUNT(section_fields),
                             NULL,           0};

/* ---- key figures and recommendations -------------------------------------------------------- */

static const char *const quantity_kinds[] = {[QUANTITY_NUMBER] = "number",
                                             [QUANTITY_INTERVAL] = "interval",
                                             [QUANTITY_ORDINAL] = "ordinal",
                                             [QUANTITY_WORDS] = "words"};
static const char *const doubts[] = {
    [DOUBT_NONE] = "none",     [DOUBT_DECIMAL] = "decimal", [DOUBT_THOUSANDS] = "thousands",
    [DOUBT_GROUPS] = "groups", [DOUBT_LENGTH] = "length",   [DOUBT_INTERVAL] = "interval",
    [DOUBT_SPAN] = "span",     [DOUBT_REST] = "rest"};
static const Words quantity_words = {quantity_kinds, COUNT(quantity_kinds)};

enum {
    NUMERIC = KIND(QUANTITY_NUMBER) | KIND(QUANTITY_INTERVAL) | KIND(QUANTITY_ORDINAL),
    INTERVAL = KIND(QUANTITY_INTERVAL)
};

static const Field quantity_fields[] = {
    {"kind", TYPE_CHOICE, AT(QuantityDraft, quantity.kind), 0, EVERY_KIND, WORDS(quantity_kinds),
     "what it is"},
    {"text", TYPE_TEXT, AT(QuantityDraft, text),
     .about = "the same as people write it; it may not say anything else"},
    {"precision", TYPE_TEXT, AT(QuantityDraft, quantity.precision),
     .about = "the precision word: ca., mere end …"},
    {"low", TYPE_DECIMAL, AT(QuantityDraft, quantity.low), FOR(NUMERIC),
     .about = "the number, or where the interval begins"},
    {"high", TYPE_DECIMAL, AT(QuantityDraft, quantity.high), FOR(INTERVAL),
     .about = "where the interval ends"},
    {"meant", TYPE_DECIMAL, AT(QuantityDraft, quantity.meant),
     .about = "what a doubtful number most likely meant"},
    {"scale", TYPE_TEXT, AT(QuantityDraft, quantity.scale), NUMERIC,
     .about = "mio., mia.; it is not multiplied into the number"},
    {"words", TYPE_TEXT, AT(QuantityDraft, quantity.words),
     .about = "what follows an ordinal, or the whole of a value in words"},
    {"unit", TYPE_TEXT, AT(QuantityDraft, quantity.unit), .about = "as written beside the number"},
    {"maybe-year", TYPE_BOOL, AT(QuantityDraft, quantity.maybe_year),
     KIND(QUANTITY_NUMBER) | INTERVAL,
     .about = "1900 to 2100 without anything beside it: printed so"},
    {"plus", TYPE_BOOL, AT(QuantityDraft, quantity.plus), NUMERIC,
     .about = "what is above zero is written with a plus"},
    {"doubtful", TYPE_CHOICE, AT(QuantityDraft, quantity.doubtful), WORDS(doubts),
     .about = "looks like a number but isn't written as one"}};

const Shape quantity_shape = {"quantity",      "A value, taken apart.",
                              quantity_fields, COUNT(quantity_fields),
                              &quantity_words, AT(QuantityDraft, quantity.kind)};

static const Field figure_fields[] = {
    {"id", TYPE_TEXT, AT(KeyFigure, id), 0, EVERY_KIND, .about = "what cites it, such as K13"},
    {"at", TYPE_PLACE, AT(KeyFigure, pos), .about = "where its row stands in its file"},
    {"section", TYPE_SECTION, AT(KeyFigure, section), 0, EVERY_KIND,
     .about = "id of the section that it belongs to, or its number, counted from 1"},
    {"name", TYPE_TEXT, AT(KeyFigure, name), 0, EVERY_KIND, .about = "what is counted"},
    {"value", TYPE_VALUE, AT(KeyFigure, value), 0, EVERY_KIND,
     .about = "as people write it in the report's language (\"ca. 55.000\"), as a number, or taken "
              "apart"},
    {"unit", TYPE_TEXT, AT(KeyFigure, unit), .about = "pct., indbyggere …"},
    {"what", TYPE_TEXT, AT(KeyFigure, what),
     .about = "instead of its name where it is shown large; reads on from number and unit"},
    {"place", TYPE_TEXT, AT(KeyFigure, place), .about = "a place or organisation"},
    {"period", TYPE_TEXT, AT(KeyFigure, period), .about = "a year or period"},
    {"caveat", TYPE_TEXT, AT(KeyFigure, caveat), .about = "the caveat in words"},
    {"source", TYPE_TEXT, AT(KeyFigure, source), .about = "who said so"},
    {"closed", TYPE_BOOL, AT(KeyFigure, closed),
     .about = "it stands in a closed part of its section"}};

const Shape figure_shape = {"figure", "A key figure.", figure_fields, COUNT(figure_fields), NULL,
                            0};

static const char *const economies[] = {[ECONOMY_NONE] = "none",
                                        [ECONOMY_WITHIN] = "within",
                                        [ECONOMY_NEEDS] = "needs",
                                        [ECONOMY_WORDS] = "words"};
static const char *const origins[] =
    {[ORIGIN_NONE] = "none", [ORIGIN_STATED] = "stated", [ORIGIN_DERIVED] = "derived"};

static const Field proposal_fields[] = {
    {"id", TYPE_ID, AT(Recommendation, id), .about = "anbefaling-1 and so on when missing"},
    {"at", TYPE_PLACE, AT(Recommendation, pos), .about = "where it stands in its file"},
    {"section", TYPE_SECTION, AT(Recommendation, section), 0, EVERY_KIND,
     .about = "id of the section that it belongs to, or its number, counted from 1"},
    {"lead", TYPE_INLINES, AT(Recommendation, lead), 0, EVERY_KIND, .about = "the bold sentence"},
    {"text", TYPE_INLINES, AT(Recommendation, text), .about = "what follows it"},
    {"basis", TYPE_INLINES, AT(Recommendation, basis),
     .about = "links to visits, and figures, that it rests on"},
    {"responsible", TYPE_TEXT, AT(Recommendation, responsible), .about = "who is to do it"},
    {"deadline", TYPE_TEXT, AT(Recommendation, deadline), .about = "when, as a date or in words"},
    {"deadline-date", TYPE_DATE, AT(Recommendation, deadline_date),
     .about = "when, as a date that is printed instead of 'deadline'"},
    {"economy", TYPE_CHOICE, AT(Recommendation, economy), WORDS(economies),
     .about = "within the budget, needs resources, or in words"},
    {"economy-words", TYPE_TEXT, AT(Recommendation, economy_words),
     .about = "what is printed when 'economy' is 'words'"},
    {"status", TYPE_TEXT, AT(Recommendation, status), .about = "how far it has come"},
    {"ongoing", TYPE_BOOL, AT(Recommendation, ongoing), .about = "it is under way"},
    {"origin", TYPE_CHOICE, AT(Recommendation, origin), WORDS(origins),
     .about = "stated by somebody, or derived by the secretariat"},
    {"stated-by", TYPE_TEXT, AT(Recommendation, stated_by), .about = "who stated it"},
    {"closed", TYPE_BOOL, AT(Recommendation, closed),
     .about = "it stands in a closed part of its section"}};

const Shape proposal_shape = {
    "recommendation", "A recommendation.", proposal_fields, COUNT(proposal_fields), NULL, 0};

/* ---- the report ----------------------------------------------------------------------------- */

static const Field meeting_fields[] = {
    {"date", TYPE_DATE, AT(Report, meeting_date), .about = "when it is"},
    {"item", TYPE_TEXT, AT(Report, meeting_item), .about = "the item on its agenda"}};
static const Shape meeting_shape = {
    "meeting", "The meeting.", meeting_fields, COUNT(meeting_fields), NULL, 0};

static const Field sender_fields[] = {
    {"organisation", TYPE_TEXT, AT(Report, sender.organisation),
     .about = "municipality, ministry …"},
    {"unit", TYPE_TEXT, AT(Report, sender.unit), .about = "department"},
    {"address", TYPE_TEXTS, AT(Report, sender.address),
     .texts = {AT(Report, sender.address_lines), 0, false}, .about = "its lines"},
    {"phone", TYPE_TEXT, AT(Report, sender.phone), .about = "telephone"},
    {"email", TYPE_TEXT, AT(Report, sender.email), .about = "mail"},
    {"ean", TYPE_TEXT, AT(Report, sender.ean), .about = "number for invoices"}};
static const Shape sender_shape = {
    "sender", "Who sends the report.", sender_fields, COUNT(sender_fields), NULL, 0};

static const Field checks_fields[] = {
    {"off", TYPE_TEXTS, AT(Report, off), .texts = {AT(Report, offs), AT(Report, off_pos), true},
     .about = "codes of checks that are put off"},
    {"accept", TYPE_TEXTS, AT(Report, accepted),
     .texts = {AT(Report, accepteds), AT(Report, accepted_pos), true},
     .about = "words that are right as they are"}};
static const Shape checks_shape = {
    "checks", "What proofreading is silent about.", checks_fields, COUNT(checks_fields), NULL, 0};

static const char *const states[] = {"final", "draft"};

static const Field report_fields[] = {
    {MODEL_VERSION_KEY, TYPE_VERSION, 0, 0, EVERY_KIND,
     .about = "version of this format; another number means another format"},
    {"name", TYPE_NAME, AT(Report, name),
     .about = "first part of the PDFs' names: a-z, 0-9 and hyphens; the file's name when missing"},
    {"folder", TYPE_FOLDER, 0,
     .about = "where the pictures are, from the folder that this file is in, and inside it; that "
              "folder itself when missing"},
    {"files", TYPE_FILES, 0, .about = "the files that places ('at') are of, from that folder"},
    {"title", TYPE_TEXT, AT(Report, title), 0, EVERY_KIND, .about = "title of the report"},
    {"title-at", TYPE_PLACE, AT(Report, title_pos), .of = "title",
     .about = "where the title stands in its file"},
    {"short-title", TYPE_TEXT, AT(Report, short_title), .about = "for the running head"},
    {"genre", TYPE_TEXT, AT(Report, genre), .about = "Orientering, Indstilling …"},
    {"committee", TYPE_TEXT, AT(Report, committee), .about = "who it is for"},
    {"date", TYPE_DATE, AT(Report, date), .about = "date of the paper"},
    {"modified", TYPE_DATE, AT(Report, modified), .about = "when its text was changed later"},
    {"period", TYPE_PERIOD, 0, .about = "the days that it covers: 2012-08-27/2012-08-30"},
    {"case-number", TYPE_TEXT, AT(Report, case_number), .about = "number of the case"},
    {"document-number", TYPE_TEXT, AT(Report, document_number), .about = "number of the document"},
    {"meeting", TYPE_OBJECT, 0, .shape = &meeting_shape, .about = "the meeting that it is for"},
    {"sender", TYPE_OBJECT, 0, .shape = &sender_shape, .about = "letterhead and contact"},
    {"language", TYPE_TEXT, AT(Report, language), .about = "da when missing"},
    {"summary", TYPE_TEXT, AT(Report, summary), .about = "one paragraph for the title page"},
    {"summary-at", TYPE_PLACE, AT(Report, summary_pos), .of = "summary",
     .about = "where the summary stands in its file"},
    {"status", TYPE_SWITCH, AT(Report, draft), WORDS(states),
     .about = "whether questions to the secretariat are shown; final when missing"},
    {"briefing-note", TYPE_TEXT, AT(Report, briefing_note),
     .about = "what one who has a theme's briefing alone must know"},
    {"briefing-note-at", TYPE_PLACE, AT(Report, briefing_note_pos), .of = "briefing-note",
     .about = "where it stands in its file"},
    {"version", TYPE_TEXT, AT(Report, version), .about = "version of the report"},
    {"logo", TYPE_TEXT, AT(Report, logo), .about = "path of a PNG or JPEG in the folder"},
    {"logo-at", TYPE_PLACE, AT(Report, logo_pos), .of = "logo",
     .about = "where the logo stands in its file"},
    {"url", TYPE_TEXT, AT(Report, url), .about = "web address of the report"},
    {"url-at", TYPE_PLACE, AT(Report, url_pos), .of = "url",
     .about = "where the address stands in its file"},
    {"layouts", TYPE_TEXTS, AT(Report, layout),
     .texts = {AT(Report, layouts), AT(Report, layout_pos), true},
     .about = "names of the layouts that are made when the command line names none"},
    {"private", TYPE_TEXTS, AT(Report, private_name),
     .texts = {AT(Report, private_names), AT(Report, private_pos), true},
     .about = "names that may not stand in open text"},
    {"checks", TYPE_OBJECT, 0, .shape = &checks_shape,
     .about = "what proofreading is silent about"},
    {"sections", TYPE_SECTIONS, 0, 0, EVERY_KIND, .about = "the text, in order"},
    {"figures", TYPE_FIGURES, 0, .about = "the key figures, in order"},
    {"recommendations", TYPE_PROPOSALS, 0, .about = "the recommendations, in order"},
    {"notes", TYPE_NOTES, 0, .about = "the footnotes"}};

const Shape report_shape = {
    "report", "The whole of a report.", report_fields, COUNT(report_fields), NULL, 0};
