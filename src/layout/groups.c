#include "layout/internal.h"

#include <stddef.h>
#include <string.h>

/* Quotation marks around an ellipsis. */
static bool field_quotes(Reader *r, const ConfNode *node, const char *name, void *field)
{
    static const char *const words[] = {"\"\"", "\u201D\u2026\u201D", "\u00BB\u2026\u00AB",
                                        "\u201C\u2026\u201D", "\u201E\u2026\u201C"};
    static const char *const open[] = {"", "\u201D", "\u00BB", "\u201C", "\u201E"};
    static const char *const close[] = {"", "\u201D", "\u00AB", "\u201D", "\u201C"};
    size_t choice;
    if (!conf_choice(r->diags, node, name, words, sizeof words / sizeof *words, &choice))
        return false;
    Str *pair = field; /* the one that opens, and the one behind it */
    pair[0] = str_from(open[choice]);
    pair[1] = str_from(close[choice]);
    return true;
}

static bool field_numbering(Reader *r, const ConfNode *node, const char *name, void *field)
{
    static const char *const words[] = {"levels", "decimal"};
    size_t choice;
    if (!conf_choice(r->diags, node, name, words, 2, &choice))
        return false;
    *(bool *)field = choice == 1;
    return true;
}

/* Of what is narrower than the text around it. */
static bool field_inner_align(Reader *r, const ConfNode *node, const char *name, void *field)
{
    static const char *const words[] = {"text", "left"};
    size_t choice;
    if (!conf_choice(r->diags, node, name, words, 2, &choice))
        return false;
    *(bool *)field = choice == 1;
    return true;
}

static bool field_columns(Reader *r, const ConfNode *node, const char *name, void *field)
{
    return read_whole(r, node, name, 1, PAGE_COLUMNS, field);
}

static bool field_depth(Reader *r, const ConfNode *node, const char *name, void *field)
{
    enum { DEEPEST = 6 };
    if (node->kind != CONF_SCALAR || !str_equal(node->text, STR("auto")))
        return read_whole(r, node, name, 1, DEEPEST, field);
    *(int *)field = 0;
    return true;
}

/* The keys of each group; `groups` names them. */
#define AT(field) offsetof(Layout, field)

static const Field margins_fields[] = {
    {"left", AT(left), field_length},  {"right", AT(right), field_length},
    {"inner", AT(left), field_length}, {"outer", AT(right), field_length},
    {"top", AT(top), field_length},    {"bottom", AT(bottom), field_length}};

static const Field first_fields[] = {{"top", AT(first_top), field_length},
                                     {"bottom", AT(first_bottom), field_length}};

static const Field columns_fields[] = {{"count", AT(columns), field_columns},
                                       {"text", AT(text_width), field_length},
                                       {"gutter", AT(gutter), field_length},
                                       {"rule", AT(column_rule), field_length},
                                       {"grid", AT(column_grid), field_bool}};

static const Field head_fields[] = {{"centre", AT(head_centre), field_length},
                                    {"rule", AT(head_rule), field_length},
                                    {"rule-width", AT(head_rule_width), field_length},
                                    {"draft", AT(head_draft), field_length},
                                    {"left", AT(head_left), field_pieces},
                                    {"middle", AT(head_middle), field_pieces},
                                    {"right", AT(head_right), field_pieces}};

static const Field foot_fields[] = {
    {"centre", AT(foot_centre), field_length},         {"rule", AT(foot_rule), field_length},
    {"rule-width", AT(foot_rule_width), field_length}, {"left", AT(foot_left), field_pieces},
    {"middle", AT(foot_middle), field_pieces},         {"right", AT(foot_right), field_pieces}};

static const Field table_fields[] = {{"row-padding", AT(table.row_padding), field_length},
                                     {"head-padding", AT(table.head_padding), field_length},
                                     {"column-gap", AT(table.column_gap), field_length},
                                     {"decimals", AT(table.decimals), field_length},
                                     {"rule-outer", AT(table.rule_outer), field_length},
                                     {"rule-head", AT(table.rule_head), field_length},
                                     {"rule-group", AT(table.rule_group), field_length},
                                     {"rule-row", AT(table.rule_row), field_length},
                                     {"before", AT(table.before), field_length},
                                     {"after", AT(table.after), field_length},
                                     {"group-before", AT(table.group_before), field_length},
                                     {"note-gap", AT(table.note_gap), field_length},
                                     {"smallest", AT(table.smallest), field_share},
                                     {"turn", AT(table.turn), field_bool},
                                     {"stack", AT(table.stack), field_bool},
                                     {"pages", AT(table.pages), field_bool}};

static const Field list_fields[] = {{"indent", AT(list.indent), field_length},
                                    {"number-indent", AT(list.number_indent), field_length},
                                    {"item-gap", AT(list.item_gap), field_length},
                                    {"before", AT(list.before), field_length},
                                    {"after", AT(list.after), field_length},
                                    {"bullet", AT(list.bullet), field_length},
                                    {"numbering", AT(list.decimal), field_numbering},
                                    {"align", AT(list.ragged), field_inner_align}};

static const Field box_fields[] = {{"bar", AT(box.bar), field_length},
                                   {"padding", AT(box.padding), field_length},
                                   {"padding-side", AT(box.padding_side), field_length},
                                   {"title-gap", AT(box.title_gap), field_length},
                                   {"before", AT(box.before), field_length},
                                   {"after", AT(box.after), field_length},
                                   {"joint", AT(box.joint), field_length},
                                   {"whole-lines", AT(box.whole_lines), field_count},
                                   {"align", AT(box.ragged), field_inner_align},
                                   {"ink-bars", AT(box.ink_bars), field_bool}};

static const Field chart_fields[] = {
    {"rule", AT(chart.rule), field_length},   {"bar", AT(chart.bar), field_length},
    {"pitch", AT(chart.pitch), field_length}, {"label-share", AT(chart.label_share), field_number},
    {"plot", AT(chart.plot), field_length},   {"half", AT(chart.half), field_length},
    {"gap", AT(chart.gap), field_length},     {"before", AT(chart.before), field_length},
    {"after", AT(chart.after), field_length}};

static const Field tile_fields[] = {{"across", AT(tile.across), field_count},
                                    {"rule", AT(tile.rule), field_length},
                                    {"gap", AT(tile.gap), field_length},
                                    {"padding-top", AT(tile.padding_top), field_length},
                                    {"padding-left", AT(tile.padding_left), field_length},
                                    {"padding-right", AT(tile.padding_right), field_length},
                                    {"padding-foot", AT(tile.padding_foot), field_length},
                                    {"number-gap", AT(tile.number_gap), field_length},
                                    {"where-gap", AT(tile.where_gap), field_length},
                                    {"caveat-before", AT(tile.caveat_before), field_length},
                                    {"caveat-gap", AT(tile.caveat_gap), field_length},
                                    {"caveat-rule", AT(tile.caveat_rule), field_length},
                                    {"alone", AT(tile.alone), field_length},
                                    {"before", AT(tile.before), field_length},
                                    {"after", AT(tile.after), field_length}};

static const Field note_fields[] = {{"rule", AT(note.rule), field_length},
                                    {"rule-width", AT(note.rule_width), field_length},
                                    {"before", AT(note.before), field_length},
                                    {"after", AT(note.after), field_length},
                                    {"indent", AT(note.indent), field_length}};

static const Field last_page_fields[] = {
    {"little", AT(last_page.little), field_share}, {"leading", AT(last_page.leading), field_share},
    {"space", AT(last_page.space), field_share},   {"rows", AT(last_page.rows), field_share},
    {"charts", AT(last_page.charts), field_share}, {"holes", AT(last_page.holes), field_bool}};

static const Field summary_fields[] = {{"box-first", AT(box_first), field_bool},
                                       {"tiles-title", AT(tiles_titled), field_bool},
                                       {"numeral-indent", AT(numeral_indent), field_length}};

static const Field opener_fields[] = {{"inside", AT(opener_inside), field_bool}};

static const Field extract_fields[] = {{"tiles", AT(extract.tiles), field_count},
                                       {"lessons", AT(extract.lessons), field_count}};

static const Field cover_fields[] = {{"sender", AT(cover.sender), field_length},
                                     {"logo", AT(cover.logo), field_length},
                                     {"rule", AT(cover.rule), field_length},
                                     {"rule-width", AT(cover.rule_width), field_length},
                                     {"rule-double", AT(cover.rule_double), field_length},
                                     {"address", AT(cover.address), field_length},
                                     {"date", AT(cover.date), field_length},
                                     {"title", AT(cover.title), field_length},
                                     {"lead", AT(cover.lead), field_length},
                                     {"letter-title", AT(cover.letter_title), field_length},
                                     {"entry-indent", AT(cover.entry_indent), field_length},
                                     {"entry-page", AT(cover.entry_page), field_length},
                                     {"entry-before", AT(cover.entry_before), field_length},
                                     {"entry-after", AT(cover.entry_after), field_length},
                                     {"least-pages", AT(cover.least_pages), field_count},
                                     {"themes", AT(cover.themes), field_bool}};

static const Field typing_fields[] = {{"quotes", AT(typing.open), field_quotes},
                                      {"dashes", AT(typing.dashes), field_bool},
                                      {"minus", AT(typing.minus), field_bool},
                                      {"intervals", AT(typing.intervals), field_bool}};

static const Field image_fields[] = {{"resolution", AT(image_resolution), field_number}};

typedef struct {
    const char *name;
    const Field *field;
    size_t fields;
} Group;

static const Field contents_fields[] = {
    {"depth", offsetof(Layout, contents.depth), field_depth},
    {"leaders", offsetof(Layout, contents.leaders), field_bool},
    {"days", offsetof(Layout, contents.days), field_bool},
    {"least-pages", offsetof(Layout, contents.least_pages), field_count},
    {"most-pages", offsetof(Layout, contents.most_pages), field_count}};

#define FIELDS(table) (table), sizeof(table) / sizeof *(table)
static const Group groups[] = {
    {"margins", FIELDS(margins_fields)},     {"first-page", FIELDS(first_fields)},
    {"columns", FIELDS(columns_fields)},     {"head", FIELDS(head_fields)},
    {"foot", FIELDS(foot_fields)},           {"table", FIELDS(table_fields)},
    {"list", FIELDS(list_fields)},           {"box", FIELDS(box_fields)},
    {"chart", FIELDS(chart_fields)},         {"tile", FIELDS(tile_fields)},
    {"extract", FIELDS(extract_fields)},     {"note", FIELDS(note_fields)},
    {"cover", FIELDS(cover_fields)},         {"typing", FIELDS(typing_fields)},
    {"contents", FIELDS(contents_fields)},   {"image", FIELDS(image_fields)},
    {"last-page", FIELDS(last_page_fields)}, {"summary", FIELDS(summary_fields)},
    {"opener", FIELDS(opener_fields)}};
#undef FIELDS

void read_group(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (!strcmp(groups[i].name, name))
            read_fields(r, node, name, groups[i].field, groups[i].fields, r->layout);
}

static bool field_emphasis(Reader *r, const ConfNode *node, const char *name, void *field)
{
    static const char *const words[] = {"italic", "semibold"};
    size_t choice;
    if (!conf_choice(r->diags, node, name, words, 2, &choice))
        return false;
    *(bool *)field = choice == 1;
    return true;
}

/* Keys that stand by themselves, not in a group. */
static const Field root_fields[] = {{"most-pages", AT(most_pages), field_count},
                                    {"spread", AT(spread), field_length},
                                    {"run-on", AT(run_on), field_bool},
                                    {"two-sided", AT(two_sided), field_bool},
                                    {"brief", AT(brief), field_brief},
                                    {"note-pages", AT(note_pages), field_bool},
                                    {"repeat-key", AT(repeat_key), field_bool},
                                    {"write-in", AT(write_in), field_bool},
                                    {"grey", AT(grey), field_bool},
                                    {"emphasis", AT(upright), field_emphasis}};

void read_root_field(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    const Field *f =
        find_field(root_fields, sizeof root_fields / sizeof *root_fields, str_from(name));
    f->read(r, node, name, (char *)r->layout + f->offset);
}
