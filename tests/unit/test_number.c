/* Numbers as people write them, in tables and in running text: what is read, what is printed, and that both
 * agree. */
#include <check.h>
#include <string.h>

#include "base/file.h"
#include "language/date.h"
#include "language/nobreak.h"
#include "language/quantity.h"

#include "page_support.h"
#include "suites.h"

static Arena arena;
static Diags *diags;
static const Terms *da, *en;

static void begin(void)
{
    arena = (Arena){0};
    diags = diags_new();
    da = terms_of_language(&arena, diags, "da");
    en = terms_of_language(&arena, diags, "en");
}

static void end(void)
{
    diags_drop(diags);
    arena_drop(&arena);
}

/* ---- quantities in words that a test can compare -------------------------------------------- */

static void add_decimal(StrBuf *out, Decimal d)
{
    int64_t unit = 1;
    for (int i = 0; i < d.decimals; i++)
        unit *= 10;
    int64_t digits = d.digits < 0 ? -d.digits : d.digits;
    strbuf_addf(out, "%s%lld", d.digits < 0 ? "-" : "", (long long)(digits / unit));
    if (d.decimals)
        strbuf_addf(out, ".%0*lld", d.decimals, (long long)(digits % unit));
}

static void add_part(StrBuf *out, const char *name, Str value)
{
    if (value.n)
        strbuf_addf(out, " %s=%.*s", name, (int)value.n, value.p);
}

static void describe(StrBuf *out, const Quantity *q)
{
    static const char *const kinds[] = {"number", "interval", "ordinal", "words"};
    static const char *const doubts[] = {"",       "decimal",  "thousands", "groups",
                                         "length", "interval", "span",      "rest"};
    strbuf_add_text(out, kinds[q->kind]);
    if (q->kind != QUANTITY_WORDS) {
        strbuf_add_char(out, ' ');
        add_decimal(out, q->low);
    }
    if (q->kind == QUANTITY_INTERVAL) {
        strbuf_add_char(out, '/');
        add_decimal(out, q->high);
    }
    add_part(out, "precision", q->precision);
    add_part(out, "scale", q->scale);
    add_part(out, "unit", q->unit);
    if (q->kind != QUANTITY_WORDS)
        add_part(out, "words", q->words);
    strbuf_add_text(out, q->plus ? " plus" : "");
    strbuf_add_text(out, q->maybe_year ? " year" : "");
    if (q->doubtful)
        strbuf_addf(out, " doubt=%s", doubts[q->doubtful]);
    if (q->meant.digits) {
        strbuf_add_text(out, " meant=");
        add_decimal(out, q->meant);
    }
}

/* What a reader sees, with _ for a space that doesn't break. */
static void print(StrBuf *out, const Terms *terms, const Quantity *q)
{
    StrBuf printed = {0};
    quantity_print_with_unit(&printed, terms, q, STR(""));
    for (size_t i = 0; i < printed.n; i++) {
        bool no_break = str_starts((Str){printed.p + i, printed.n - i}, STR("\xC2\xA0"));
        strbuf_add_char(out, no_break ? '_' : printed.p[i]);
        i += no_break;
    }
    strbuf_drop(&printed);
}

typedef struct {
    const char *text, *read, *printed;
} Written;

static void check_written(const Terms *terms, const Written *w)
{
    StrBuf read = {0}, printed = {0};
    Quantity q = quantity_read(&arena, terms, str_from(w->text));
    describe(&read, &q);
    print(&printed, terms, &q);
    ck_assert_msg(str_equal(strbuf_str(&read), str_from(w->read)), "%s: '%s' instead of '%s'",
                  w->text, read.p, w->read);
    ck_assert_msg(str_equal(strbuf_str(&printed), str_from(w->printed)),
                  "%s: '%.*s' instead of '%s'", w->text, (int)printed.n, printed.p, w->printed);
    strbuf_drop(&read);
    strbuf_drop(&printed);
}

START_TEST(danish_quantities)
{
    static const Written all[] = {
        {"0", "number 0", "0"},
        {"7", "number 7", "7"},
        {"62", "number 62", "62"},
        {"254", "number 254", "254"},
        {"999", "number 999", "999"},
        {"1000", "number 1000", "1.000"},
        {"5000", "number 5000", "5.000"},
        {"254.000", "number 254000", "254.000"},
        {"1.250.000", "number 1250000", "1.250.000"},
        {"1.250.000,50", "number 1250000.50", "1.250.000,50"},
        {"12.345.678.901", "number 12345678901", "12.345.678.901"},
        {"254 000", "number 254000", "254.000"},
        {"254 000", "number 254000", "254.000"},
        {"254 000", "number 254000", "254.000"},
        {"1 250 000", "number 1250000", "1.250.000"},
        {"0,5", "number 0.5", "0,5"},
        {"8,4", "number 8.4", "8,4"},
        {"8,40", "number 8.40", "8,40"},
        {"0,05", "number 0.05", "0,05"},
        {"5,125", "number 5.125 doubt=thousands meant=5125", "5,125"},
        {"-3,5", "number -3.5", "−3,5"},
        {"−3,5", "number -3.5", "−3,5"},
        {"–3,5", "number -3.5", "−3,5"},
        {"- 3", "words", "- 3"},
        {"-12", "number -12", "−12"},
        {"+2", "number 2 plus", "+2"},
        {"+2,5 pct.", "number 2.5 unit=pct. plus", "+2,5_pct."},
        {"−0,5", "number -0.5", "−0,5"},
        {"−1.250", "number -1250", "−1.250"},
        {"½", "number 0.5", "0,5"},
        {"2½", "number 2.5", "2,5"},
        {"2 ½", "number 2.5", "2,5"},
        {"1½ mio. kr.", "number 1.5 scale=mio. unit=kr.", "1,5_mio._kr."},
        {"¼", "number 0.25", "0,25"},
        {"12¾ pct.", "number 12.75 unit=pct.", "12,75_pct."},
        {"12-14", "interval 12/14", "12–14"},
        {"12–14", "interval 12/14", "12–14"},
        {"12 - 14", "interval 12/14", "12–14"},
        {"12 – 14", "interval 12/14", "12–14"},
        {"12 til 14", "interval 12/14", "12–14"},
        {"mellem 12 og 14", "interval 12/14", "12–14"},
        {"Mellem 12 og 14 pct.", "interval 12/14 unit=pct.", "12–14_pct."},
        {"1,2-1,4 mio.", "interval 1.2/1.4 scale=mio.", "1,2–1,4_mio."},
        {"1,2–1,4 mio. kr.", "interval 1.2/1.4 scale=mio. unit=kr.", "1,2–1,4_mio._kr."},
        {"1,2 mio. - 1,4 mio.", "interval 1.2/1.4 scale=mio.", "1,2–1,4_mio."},
        {"900.000-1,2 mio.", "interval 900000/1.2 scale=mio. doubt=interval", "900.000–1,2_mio."},
        {"mellem 1,2 og 1,4 mia. kr.", "interval 1.2/1.4 scale=mia. unit=kr.", "1,2–1,4_mia._kr."},
        {"−3 til −1", "interval -3/-1", "−3_til_−1"},
        {"-3 - -1", "interval -3/-1", "−3_til_−1"},
        {"−2 til +2", "interval -2/2 plus", "−2_til_+2"},
        {"-2-2", "interval -2/2", "−2_til_2"},
        {"14-12", "interval 14/12 doubt=interval", "14–12"},
        {"mellem 15 og 4", "interval 15/4 doubt=interval", "15–4"},
        {"fra 12 til 14", "words", "fra 12 til 14"},
        {"12-", "words doubt=rest", "12-"},
        {"-", "words", "-"},
        {"to-tre", "interval 2/3", "2–3"},
        {"to til tre", "interval 2/3", "2–3"},
        {"2010-2012", "interval 2010/2012 year", "2010–2012"},
        {"2012", "number 2012 year", "2012"},
        {"1899", "number 1899", "1.899"},
        {"2101", "number 2101", "2.101"},
        {"2.012", "number 2012", "2.012"},
        {"2012 kr.", "number 2012 unit=kr.", "2.012_kr."},
        {"ca. 2012", "number 2012 precision=ca.", "ca._2.012"},
        {"1,2 mio.", "number 1.2 scale=mio.", "1,2_mio."},
        {"1,2 mio", "number 1.2 scale=mio.", "1,2_mio."},
        {"1,2 million", "number 1.2 scale=million", "1,2_million"},
        {"3 millioner", "number 3 scale=millioner", "3_millioner"},
        {"27 mia.", "number 27 scale=mia.", "27_mia."},
        {"mere end 27 mia.", "number 27 precision=mere end scale=mia.", "mere_end_27_mia."},
        {"5 tusind", "number 5 scale=tusind", "5_tusind"},
        {"254 tusinde", "number 254 scale=tusinde", "254_tusinde"},
        {"2 bio.", "number 2 scale=bio.", "2_bio."},
        {"mio.", "words", "mio."},
        {"ca. 5", "number 5 precision=ca.", "ca._5"},
        {"ca 5", "number 5 precision=ca.", "ca._5"},
        {"Ca. 55.000", "number 55000 precision=ca.", "ca._55.000"},
        {"cirka 5", "number 5 precision=cirka", "cirka_5"},
        {"omkring 120", "number 120 precision=omkring", "omkring_120"},
        {"omkr. 120", "number 120 precision=omkr.", "omkr._120"},
        {"anslået 250", "number 250 precision=anslået", "anslået_250"},
        {"anslået mere end 150", "number 150 precision=anslået mere end", "anslået_mere_end_150"},
        {"knap 50", "number 50 precision=knap", "knap_50"},
        {"godt 50", "number 50 precision=godt", "godt_50"},
        {"næsten 50", "number 50 precision=næsten", "næsten_50"},
        {"op til 50", "number 50 precision=op til", "op_til_50"},
        {"op mod 50", "number 50 precision=op mod", "op_mod_50"},
        {"under 50", "number 50 precision=under", "under_50"},
        {"højst 50", "number 50 precision=højst", "højst_50"},
        {"højest 50", "number 50 precision=højest", "højest_50"},
        {"maks. 50", "number 50 precision=maks.", "maks._50"},
        {"maksimalt 50", "number 50 precision=maksimalt", "maksimalt_50"},
        {"over 50", "number 50 precision=over", "over_50"},
        {"mindst 50", "number 50 precision=mindst", "mindst_50"},
        {"minimum 50", "number 50 precision=minimum", "minimum_50"},
        {"flere end 50", "number 50 precision=flere end", "flere_end_50"},
        {"færre end 50", "number 50 precision=færre end", "færre_end_50"},
        {"mål 100", "number 100 precision=mål", "mål_100"},
        {"fx 6-12", "interval 6/12 precision=fx", "fx_6–12"},
        {"f.eks. 6", "number 6 precision=f.eks.", "f.eks._6"},
        {"for eksempel 6", "number 6 precision=for eksempel", "for_eksempel_6"},
        {"> 12", "number 12 precision=>", ">_12"},
        {">12", "number 12 precision=>", ">_12"},
        {"≥ 12", "number 12 precision=≥", "≥_12"},
        {"<5", "number 5 precision=<", "<_5"},
        {"~ 5", "number 5 precision=~", "~_5"},
        {"≈5", "number 5 precision=≈", "≈_5"},
        {"ca. -5", "number -5 precision=ca.", "ca._−5"},
        {"2. største", "ordinal 2 words=største", "2._største"},
        {"2.", "ordinal 2", "2."},
        {"7. højeste", "ordinal 7 words=højeste", "7._højeste"},
        {"12. december", "words", "12. december"},
        {"27. august 2012", "words", "27. august 2012"},
        {"2012-08-27", "words", "2012-08-27"},
        {"27/8 2012", "words", "27/8 2012"},
        {"21. århundrede", "ordinal 21 words=århundrede", "21._århundrede"},
        {"nul", "number 0", "0"},
        {"én", "number 1", "1"},
        {"et", "number 1", "1"},
        {"en", "number 1", "1"},
        {"to", "number 2", "2"},
        {"Tre", "number 3", "3"},
        {"fire hovedmål", "number 4 unit=hovedmål", "4_hovedmål"},
        {"elleve", "number 11", "11"},
        {"nitten", "number 19", "19"},
        {"tyve", "number 20", "20"},
        {"enogtyve", "number 21", "21"},
        {"toogtredive", "number 32", "32"},
        {"femoghalvfjerds", "number 75", "75"},
        {"nioghalvfems", "number 99", "99"},
        {"halvtreds", "number 50", "50"},
        {"hundrede", "number 100", "100"},
        {"et hundrede", "number 100", "100"},
        {"ca. et hundrede", "number 100 precision=ca.", "ca._100"},
        {"hundrede og tyve", "number 120", "120"},
        {"et hundrede og tyve", "number 120", "120"},
        {"Et hundrede og femogtyve kr.", "number 125 unit=kr.", "125_kr."},
        {"to hundrede", "number 200", "200"},
        {"to hundrede og fem borgere", "number 205 unit=borgere", "205_borgere"},
        {"femten hundrede", "number 1500", "1.500"},
        {"halvandet hundrede", "number 150", "150"},
        {"to hundrede mio. kr.", "number 200 scale=mio. unit=kr.", "200_mio._kr."},
        {"mellem et hundrede og to hundrede", "interval 100/200", "100–200"},
        {"et tusinde", "number 1 scale=tusinde", "1_tusinde"},
        {"to hundrede tusinde", "number 200 scale=tusinde", "200_tusinde"},
        {"et par hundrede", "words", "et par hundrede"},
        {"hundrede og en mand", "words", "hundrede og en mand"},
        {"hundrede og hundrede", "words", "hundrede og hundrede"},
        {"halvanden", "number 1.5", "1,5"},
        {"halvanden mio. kr.", "number 1.5 scale=mio. unit=kr.", "1,5_mio._kr."},
        {"en mio. kr.", "number 1 scale=mio. unit=kr.", "1_mio._kr."},
        {"et år", "number 1 unit=år", "1_år"},
        {"et par", "words", "et par"},
        {"en række", "words", "en række"},
        {"en fjerdedel", "words", "en fjerdedel"},
        {"to tredjedele", "words", "to tredjedele"},
        {"over halvdelen", "words precision=over", "over halvdelen"},
        {"knap hver tredje", "words", "knap hver tredje"},
        {"under udarbejdelse", "words", "under udarbejdelse"},
        {"på sidste års niveau", "words", "på sidste års niveau"},
        {"ikke oplyst", "words", "ikke oplyst"},
        {"35 pct.", "number 35 unit=pct.", "35_pct."},
        {"35 pct", "number 35 unit=pct.", "35_pct."},
        {"35pct.", "number 35 unit=pct.", "35_pct."},
        {"35 %", "number 35 unit=%", "35_%"},
        {"35%", "number 35 unit=%", "35_%"},
        {"35 procent", "number 35 unit=procent", "35_procent"},
        {"35 Pct.", "number 35 unit=pct.", "35_pct."},
        {"5 ‰", "number 5 unit=‰", "5_‰"},
        {"5 promille", "number 5 unit=promille", "5_promille"},
        {"2 procentpoint", "number 2 unit=procentpoint", "2_procentpoint"},
        {"12 kr.", "number 12 unit=kr.", "12_kr."},
        {"12 kr", "number 12 unit=kr.", "12_kr."},
        {"12kr.", "number 12 unit=kr.", "12_kr."},
        {"kr. 12", "number 12 unit=kr.", "12_kr."},
        {"kr. 5.000", "number 5000 unit=kr.", "5.000_kr."},
        {"Kr. 5.000", "number 5000 unit=kr.", "5.000_kr."},
        {"DKK 5.000", "number 5000 unit=DKK", "5.000_DKK"},
        {"5.000 DKK", "number 5000 unit=DKK", "5.000_DKK"},
        {"€ 12", "number 12 unit=€", "12_€"},
        {"€12", "number 12 unit=€", "12_€"},
        {"12 €", "number 12 unit=€", "12_€"},
        {"07.30-16.00", "words", "07.30-16.00"},
        {"9.00 – 24.00", "words", "9.00 – 24.00"},
        {"25.00-26.00", "words doubt=decimal meant=25.00", "25.00-26.00"},
        {"12.50", "words doubt=decimal meant=12.50", "12.50"},
        {"forventet 12", "number 12 precision=forventet", "forventet_12"},
        {"£254 om ugen", "number 254 unit=£ om ugen", "254_£ om ugen"},
        {"kr. 12 om ugen", "number 12 unit=kr. om ugen", "12_kr. om ugen"},
        {"mellem 12 og 14 kr.", "interval 12/14 unit=kr.", "12–14_kr."},
        {"ca. kr. 12", "number 12 precision=ca. unit=kr.", "ca._12_kr."},
        {"kr. 12-14", "interval 12/14 unit=kr.", "12–14_kr."},
        {"12 pund i timen", "number 12 unit=pund i timen", "12_pund i timen"},
        {"12-14 pund i timen", "interval 12/14 unit=pund i timen", "12–14_pund i timen"},
        {"700 borgere", "number 700 unit=borgere", "700_borgere"},
        {"62 mio. indbyggere", "number 62 scale=mio. unit=indbyggere", "62_mio._indbyggere"},
        {"12 sager pr. 1.000 indbyggere", "words", "12 sager pr. 1.000 indbyggere"},
        {"4 ud af 10", "words", "4 ud af 10"},
        {"12 (2011)", "words doubt=rest", "12 (2011)"},
        {"12*", "words doubt=rest", "12*"},
        {"12 + 3", "words doubt=rest", "12 + 3"},
        {"3D", "words doubt=rest", "3D"},
        {"15-årige", "words", "15-årige"},
        {"15-24-årige", "words", "15-24-årige"},
        {"12x", "words doubt=rest", "12x"},
        {"12 og 14", "words", "12 og 14"},
        {"5.0", "words doubt=decimal meant=5.0", "5.0"},
        {"8.4", "words doubt=decimal meant=8.4", "8.4"},
        {"8.45", "words doubt=decimal meant=8.45", "8.45"},
        {"1234.567", "words doubt=decimal meant=1234.567", "1234.567"},
        {"5,000", "number 5.000 doubt=thousands meant=5000", "5,000"},
        {"1,250", "number 1.250 doubt=thousands meant=1250", "1,250"},
        {"1,250,000", "words doubt=thousands meant=1250000", "1,250,000"},
        {"1,250.50", "words doubt=thousands meant=1250.50", "1,250.50"},
        {"1.250.00", "words doubt=groups", "1.250.00"},
        {"1.25.000", "words doubt=groups", "1.25.000"},
        {"1.2.3", "words doubt=groups", "1.2.3"},
        {"12.34,5", "words doubt=groups", "12.34,5"},
        {"007", "words doubt=groups", "007"},
        {"0.500", "words doubt=decimal meant=0.500", "0.500"},
        {"00", "words doubt=groups", "00"},
        {"1.000.0", "words doubt=groups", "1.000.0"},
        {"99999999999999999", "number 99999999999999999", "99.999.999.999.999.999"},
        {"999999999999999999", "words doubt=length", "999999999999999999"},
        {"99.999.999.999.999.999.999.999", "words doubt=length", "99.999.999.999.999.999.999.999"},
        {"1,23456789012345678", "words doubt=length", "1,23456789012345678"},
        {"100.000.000.000.000.000", "words doubt=length", "100.000.000.000.000.000"},
        {"12 000 5", "words doubt=rest", "12 000 5"},
        {"20 12", "words doubt=rest", "20 12"},
        {"3,4,5", "words doubt=groups", "3,4,5"},
        {"1/3", "words doubt=rest", "1/3"},
        {"9.30", "words doubt=decimal meant=9.30", "9.30"},
        {"kl. 9", "words", "kl. 9"},
        {"§ 8", "words", "§ 8"},
        {"K13", "words", "K13"},
        {"1e6", "words doubt=rest", "1e6"},
        {"12 m²", "number 12 unit=m²", "12_m²"},
        {"12 km²", "number 12 unit=km²", "12_km²"},
        {"25 °C", "number 25 unit=°C", "25_°C"},
        {"1.200 kWh", "number 1200 unit=kWh", "1.200_kWh"},
        {"3 årsværk", "number 3 unit=årsværk", "3_årsværk"},
        {"12 t", "number 12 unit=t", "12_t"},
        {"ca.", "words", "ca."},
        {"ca. mange", "words", "ca. mange"},
        {"mere end", "words", "mere end"},
        {"12 kr. pct.", "number 12 unit=kr. pct.", "12_kr. pct."},
        {"5 mio. kr. om året", "number 5 scale=mio. unit=kr. om året", "5_mio._kr. om året"},
        {"20-25.000", "interval 20/25000 doubt=span meant=20000", "20–25.000"},
        {"5-1.000 kr.", "interval 5/1000 unit=kr.", "5–1.000_kr."},
        {"1,2 mio.kr.", "number 1.2 scale=mio. unit=kr.", "1,2_mio._kr."},
        {"1.250 t.kr.", "number 1250 unit=t.kr.", "1.250_t.kr."},
        {"12 %-point", "number 12 unit=%-point", "12_%-point"},
        {"", "words", ""},
        {"  254.000\t", "number 254000", "254.000"},
        {"\xC2\xA0"
         "8,4\xC2\xA0pct.\xC2\xA0",
         "number 8.4 unit=pct.", "8,4_pct."},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        check_written(da, &all[i]);
}
END_TEST

START_TEST(english_quantities)
{
    static const Written all[] = {
        {"254,000", "number 254000", "254,000"},
        {"5000", "number 5000", "5,000"},
        {"8.4", "number 8.4", "8.4"},
        {"8,4", "words doubt=decimal meant=8.4", "8,4"},
        {"5,000", "number 5000", "5,000"},
        {"5.000", "number 5.000 doubt=thousands meant=5000", "5.000"},
        {"1,250,000.50", "number 1250000.50", "1,250,000.50"},
        {"1.250.000", "words doubt=thousands meant=1250000", "1.250.000"},
        {"1,25", "words doubt=decimal meant=1.25", "1,25"},
        {"12-14", "interval 12/14", "12–14"},
        {"12 to 14", "interval 12/14", "12–14"},
        {"between 12 and 14", "interval 12/14", "12–14"},
        {"fewer than 5", "number 5 precision=fewer than", "fewer_than_5"},
        {"about 5 million", "number 5 precision=about scale=million", "about_5_million"},
        {"approx. 5", "number 5 precision=approx.", "approx._5"},
        {"approximately 5", "number 5 precision=approximately", "approximately_5"},
        {"up to £5m", "number 5 precision=up to scale=m unit=£", "up_to_£5m"},
        {"£254 a week", "number 254 unit=£ a week", "£254_a week"},
        {"£5", "number 5 unit=£", "£5"},
        {"-£3.5bn", "number -3.5 scale=bn unit=£", "−£3.5bn"},
        {"−£5", "number -5 unit=£", "−£5"},
        {"£-5", "number -5 unit=£", "−£5"},
        {"-£5-7", "words", "-£5-7"},
        {"£5k-£10k", "interval 5/10 scale=k unit=£", "£5–10k"},
        {"£300 to £400", "interval 300/400 unit=£", "£300–400"},
        {"£1.2m–£1.4m", "interval 1.2/1.4 scale=m unit=£", "£1.2–1.4m"},
        {"£5-€7", "words doubt=rest", "£5-€7"},
        {"expected 12", "number 12 precision=expected", "expected_12"},
        {"-£-5", "words", "-£-5"},
        {"£1,250.50", "number 1250.50 unit=£", "£1,250.50"},
        {"$ 12", "number 12 unit=$", "$12"},
        {"12 pounds", "number 12 unit=pounds", "12_pounds"},
        {"€12-14", "interval 12/14 unit=€", "€12–14"},
        {"DKK 5,000", "number 5000 unit=DKK", "5,000_DKK"},
        {"35%", "number 35 unit=%", "35%"},
        {"35 %", "number 35 unit=%", "35%"},
        {"35 per cent", "number 35 unit=per cent", "35_per cent"},
        {"35 percent", "number 35 unit=percent", "35_percent"},
        {"25 °C", "number 25 unit=°C", "25_°C"},
        {"2nd largest", "ordinal 2 words=largest", "2nd_largest"},
        {"1st", "ordinal 1", "1st"},
        {"3rd", "ordinal 3", "3rd"},
        {"11th", "ordinal 11", "11th"},
        {"21st", "ordinal 21", "21st"},
        {"112th", "ordinal 112", "112th"},
        {"2.", "words doubt=rest", "2."},
        {"two", "number 2", "2"},
        {"twenty-five people", "number 25 unit=people", "25_people"},
        {"ninety-nine", "number 99", "99"},
        {"one", "number 1", "1"},
        {"one third", "words", "one third"},
        {"one hundred", "number 100", "100"},
        {"two hundred and twenty-five people", "number 225 unit=people", "225_people"},
        {"a hundred", "words", "a hundred"},
        {"more than 27 bn", "number 27 precision=more than scale=bn", "more_than_27bn"},
        {"5k", "number 5 scale=k", "5k"},
        {"-3.5", "number -3.5", "−3.5"},
        {"−3 to −1", "interval -3/-1", "−3_to_−1"},
        {"not more than 12", "number 12 precision=not more than", "not_more_than_12"},
        {"not less than 12", "number 12 precision=not less than", "not_less_than_12"},
        {"2010-2012", "interval 2010/2012 year", "2010–2012"},
        {"27 August 2012", "words", "27 August 2012"},
        {"August 27, 2012", "words", "August 27, 2012"},
        {"9.30 am", "words", "9.30 am"},
        {"half of them", "words", "half of them"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        check_written(en, &all[i]);
}
END_TEST

/* ---- quantities in running text -------------------------------------------------------------- */

/* What was found, as "text|kind|precision|low|high|scale|unit" with a * for a known unit and y for a year. */
static void found_in(const Terms *terms, const char *text, StrBuf *out)
{
    static const char *const kinds[] = {"number", "interval", "ordinal", "words"};
    QuantityFound f;
    for (size_t at = 0; quantity_find(&arena, terms, str_from(text), at, &f); at = f.to) {
        const Quantity *q = &f.quantity;
        ck_assert(f.from >= at && f.to > f.from && f.to <= strlen(text));
        strbuf_addf(out, "%s[%.*s] %s ", out->n ? "; " : "", (int)(f.to - f.from), text + f.from,
                    kinds[q->kind]);
        decimal_print(out, terms, q->low);
        if (q->kind == QUANTITY_INTERVAL) {
            strbuf_add_char(out, '/');
            decimal_print(out, terms, q->high);
        }
        strbuf_addf(out, " %.*s%s%s%s", (int)q->unit.n, q->unit.p, f.known_unit ? "*" : "",
                    q->maybe_year ? " year" : "", q->doubtful ? " doubtful" : "");
    }
}

static void check_found(const Terms *terms, const char *text, const char *expected)
{
    StrBuf out = {0};
    found_in(terms, text, &out);
    ck_assert_msg(str_equal(strbuf_str(&out), str_from(expected)), "%s: '%s' instead of '%s'", text,
                  out.p ? out.p : "", expected);
    strbuf_drop(&out);
}

START_TEST(danish_quantities_are_found)
{
    static const char *const all[][2] = {
        {"Der bor 254.000 indbyggere i Tower Hamlets.",
         "[254.000 indbyggere] number 254.000 indbyggere*"},
        {"Omsætningen er mere end 27 mia. pund om året", "[mere end 27 mia. pund] number 27 pund*"},
        {"ca. 8,4 pct. er ledige", "[ca. 8,4 pct.] number 8,4 pct.*"},
        {"35% af dem", "[35%] number 35 %*"},
        {"i 2012 kom 12 nye", "[2012] number 2.012 kom year; [12] number 12 nye"},
        {"2010-2012", "[2010-2012] interval 2.010/2.012  year"},
        {"2.012 kom", "[2.012] number 2.012 kom"},
        {"2012 kr.", "[2012 kr.] number 2.012 kr.*"},
        {"12-14 pund i timen", "[12-14 pund] interval 12/14 pund*"},
        {"mellem 15 og 4 år", "[mellem 15 og 4 år] interval 15/4 år* doubtful"},
        {"12 til 14 bander", "[12 til 14 bander] interval 12/14 bander*"},
        {"steg fra 12 til 14 pct.", "[12 til 14 pct.] interval 12/14 pct.*"},
        {"kr. 5.000 om året", "[kr. 5.000] number 5.000 kr.*"},
        {"to hovedmål og femoghalvfjerds borgere",
         "[to] number 2 hovedmål; [femoghalvfjerds borgere] number 75 borgere*"},
        {"en mand og et barn", ""},
        {"hundrede gange, et hundrede gange og et hundrede og to gange",
         "[et hundrede] number 100 gange; [et hundrede og to] number 102 gange"},
        {"mellem et hundrede og to hundrede borgere",
         "[mellem et hundrede og to hundrede borgere] interval 100/200 borgere*"},
        {"en mio. kr. og halvanden time", "[halvanden time] number 1,5 time*"},
        {"den 2. største bydel", "[2.] ordinal 2 "},
        {"Der er 12. De kom", "[12] number 12 "},
        {"12 og 14 pct.", "[12] number 12 ; [14 pct.] number 14 pct.*"},
        {"2½ år, −3,5 pct., -4 pct. og +2",
         "[2½ år] number 2,5 år*; [−3,5 pct.] number −3,5 pct.*; "
         "[-4 pct.] number −4 pct.*; [+2] number 2 "},
        {"(254 kameraer)", "[254 kameraer] number 254 kameraer*"},
        {"254 000 borgere", "[254 000 borgere] number 254.000 borgere*"},
        {"over 50 procent", "[over 50 procent] number 50 procent*"},
        {"Knap hver tredje af de 33 boroughs", "[33] number 33 boroughs"},
        {"mellem 1,2 og 1,4 mio. kr.", "[mellem 1,2 og 1,4 mio. kr.] interval 1,2/1,4 kr.*"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        check_found(da, all[i][0], all[i][1]);
}
END_TEST

START_TEST(what_only_looks_like_a_quantity_is_passed_over)
{
    static const char *const all[] = {
        "mandag den 27. august 2012",
        "27.–30. august",
        "2012-08-27",
        "27/8 2012 og 27.8.2012",
        "§ 8 og §§ 4-6, stk. 2, nr. 3",
        "§8, s.4 og nr.2",
        "side 4, 6 og 8",
        "Side 4",
        "tabel 2 og figur 3",
        "kl. 9 og kl. 10.30-12",
        "10:30",
        "ring 33 66 33 66 eller +45 33 66 33 66",
        "K13 og K-13, 13a, 3D, CO2, covid-19 og v2.1",
        "sag 2011-60279",
        "CPR 010190-1234",
        "15-årige og 15-24-årige",
        "27/8 og 1/3",
        "1.2.3 og 5.0",
        "to tredjedele af dem",
        "http://kk.dk/2012/12?id=5&a=4",
        "1990’erne og 60'erne",
        "nr. 2 og 3",
        "uge 35-37, version 2 og afsnit 4",
        "Tlf.: 33663366 og CVR-nr. 64942212",
        "d. 2.-3. plads",
        "",
        "på sidste års niveau",
        "007 og 12345678901234567890",
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        check_found(da, all[i], "");
}
END_TEST

static void check_doubtful(const Terms *terms, const char *text, const char *expected)
{
    StrBuf out = {0};
    QuantityFound f;
    for (size_t at = 0; quantity_find_doubtful(&arena, terms, str_from(text), at, &f); at = f.to) {
        ck_assert(f.from >= at && f.to > f.from && f.to <= strlen(text));
        strbuf_addf(&out, "%s[%.*s] ", out.n ? "; " : "", (int)(f.to - f.from), text + f.from);
        describe(&out, &f.quantity);
    }
    ck_assert_msg(str_equal(strbuf_str(&out), str_from(expected)), "%s: '%s' instead of '%s'", text,
                  out.p ? out.p : "", expected);
    strbuf_drop(&out);
}

START_TEST(doubtful_numbers_are_found)
{
    check_doubtful(da, "Ca. 8.4 pct., kr. 12.50 og 1,250,000 træer: 5,000 kr.",
                   "[Ca. 8.4 pct.] number 0 precision=ca. unit=pct. doubt=decimal meant=8.4; "
                   "[kr. 12.50] number 0 unit=kr. doubt=decimal meant=12.50; "
                   "[1,250,000] number 0 unit=træer doubt=thousands meant=1250000; "
                   "[5,000 kr.] number 5.000 unit=kr. doubt=thousands meant=5000");
    check_doubtful(da, "2.5 mio. kr. og 1.25.000 kr.",
                   "[2.5 mio. kr.] number 0 scale=mio. unit=kr. doubt=decimal meant=2.5; "
                   "[1.25.000 kr.] number 0 unit=kr. doubt=groups");
    check_doubtful(da, "fra 8.4 til 9.2 pct., 2.5-3.5 mio. kr. og 8.30-16.00",
                   "[8.4 til 9.2 pct.] number 0 unit=pct. doubt=decimal meant=8.4; "
                   "[2.5-3.5 mio. kr.] number 0 scale=mio. unit=kr. doubt=decimal meant=2.5; "
                   "[8.30-16.00] number 0 doubt=decimal meant=8.30");
    check_doubtful(en, "8,4% of 1.250.000 people and £5,5m",
                   "[8,4%] number 0 unit=% doubt=decimal meant=8.4; "
                   "[1.250.000 people] number 0 unit=people doubt=thousands meant=1250000; "
                   "[£5,5m] number 0 scale=m unit=£ doubt=decimal meant=5.5");
    check_doubtful(da,
                   "Afsnit 2.1, kl. 8.30, den 27.8.2012, § 2.1, nr. 3.4, figur 3.2, version 2.1, "
                   "8.4-årige, 2.1/2.2, 12.34.56.78, 33 66 33 66, 5.000 kr., 8,4 pct. og 27.08.12",
                   "[12.34.56.78] number 0 doubt=groups");
}
END_TEST

START_TEST(english_quantities_are_found)
{
    static const char *const all[][2] = {
        {"about 5,000 people at 8.4 per cent",
         "[about 5,000 people] number 5,000 people*; [8.4 per cent] number 8.4 per cent*"},
        {"£5m and £254 a week", "[£5m] number 5 £*; [£254] number 254 £*"},
        {"twenty-five gangs, one of them", "[twenty-five] number 25 gangs"},
        {"the 2nd largest", "[2nd] ordinal 2 "},
        {"27 August 2012 at 9.30 am, page 4", ""},
        {"between 12 and 14%", "[between 12 and 14%] interval 12/14 %*"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        check_found(en, all[i][0], all[i][1]);
}
END_TEST

/* ---- a round trip ---------------------------------------------------------------------------- */

static bool same_decimal(Decimal a, Decimal b)
{
    return a.digits == b.digits && a.decimals == b.decimals;
}

/* A number may be doubtful as it is printed: "5,125". */
static bool same_quantity(const Quantity *a, Quantity read)
{
    read.doubtful = a->doubtful;
    read.meant = a->meant;
    return quantity_equal(a, &read);
}

/* Numbers of every length alike. */
static Decimal random_decimal(Random *random)
{
    Decimal d = {0, random_once_in(random, 2) ? 0 : (int)random_below(random, 5)};
    for (uint32_t n = random_below(random, DECIMAL_MOST) + 1; n; n--)
        d.digits = d.digits * 10 + random_below(random, 10);
    if (random_once_in(random, 4))
        d.digits = -d.digits;
    return d;
}

static Str random_word(Random *random, const StrList *list)
{
    return list->at[random_below(random, (uint32_t)list->n)];
}

static void add_precision(Random *random, const Terms *terms, Quantity *q)
{
    StrBuf b = {0};
    for (uint32_t n = random_below(random, 3); n; n--) {
        if (b.n)
            strbuf_add_char(&b, ' ');
        strbuf_add_str(&b, random_word(random, &terms->any_precision));
    }
    q->precision = arena_str(&arena, strbuf_str(&b));
    strbuf_drop(&b);
}

static Quantity random_interval(Random *random)
{
    Quantity q = {
        .kind = QUANTITY_INTERVAL, .low = random_decimal(random), .high = random_decimal(random)};
    if (decimal_compare(q.low, q.high) > 0) {
        Decimal low = q.high;
        q.high = q.low;
        q.low = low;
    }
    return q;
}

static bool year_alone(const Quantity *q)
{
    bool low = !q->low.decimals && q->low.digits >= 1900 && q->low.digits <= 2100;
    bool high = !q->high.decimals && q->high.digits >= 1900 && q->high.digits <= 2100;
    return low && high && q->kind <= QUANTITY_INTERVAL && !q->precision.n && !q->scale.n &&
           !q->unit.n && !q->plus;
}

static Quantity random_quantity(Random *random, const Terms *terms)
{
    Quantity q = {.kind = QUANTITY_NUMBER};
    if (random_once_in(random, 3)) {
        q = random_interval(random);
    } else if (random_once_in(random, 5)) {
        q.kind = QUANTITY_ORDINAL;
        q.low.digits = random_below(random, 1000000) + 1;
        q.words = random_once_in(random, 2) ? STR("største") : STR("");
    } else {
        q.low = random_once_in(random, 8) ? (Decimal){random_below(random, 300) + 1850, 0}
                                          : random_decimal(random);
    }
    if (q.kind != QUANTITY_INTERVAL)
        q.high = q.low;
    if (!random_once_in(random, 3))
        add_precision(random, terms, &q);
    if (q.kind != QUANTITY_ORDINAL) {
        q.plus = random_once_in(random, 5) && q.high.digits >= 0;
        if (random_once_in(random, 3))
            q.scale = random_word(random, &terms->scale);
        if (random_once_in(random, 2))
            q.unit = random_word(random, &terms->unit);
        else if (random_once_in(random, 4))
            q.unit = STR("sager");
    }
    q.maybe_year = year_alone(&q) && random_once_in(random, 2);
    return q;
}

enum { ROUNDS = 100000 };

static void check_printed_is_read(const Terms *terms)
{
    Random random = {6};
    for (int i = 0; i < ROUNDS; i++) {
        Quantity q = random_quantity(&random, terms);
        StrBuf out = {0};
        quantity_print_with_unit(&out, terms, &q, STR(""));
        Quantity read = quantity_read(&arena, terms, strbuf_str(&out));
        MUST_SAY(same_quantity(&q, read), "%s: '%s'", terms->language.p, out.p);
        MUST_SAY(!read.doubtful || read.doubtful == DOUBT_THOUSANDS || read.doubtful == DOUBT_SPAN,
                 "%s is doubtful", out.p);
        strbuf_drop(&out);
        arena_reset(&arena);
    }
}

START_TEST(what_is_printed_is_read)
{
    Arena words = arena; /* the terms stay */
    arena = (Arena){0};
    check_printed_is_read(da);
    check_printed_is_read(en);
    arena_drop(&arena);
    arena = words;
}
END_TEST

/* Text out of what values are made of, mostly in an order that makes sense. */
static void random_text(StrBuf *out, Random *random, const Terms *terms)
{
    static const char *const numbers[] = {
        "254.000",   "254,000",     "254 000", "254 000", "5000", "8,4", "8.4",
        "-3,5",      "−3",          "+2",      "½",       "2½",   "0",   "007",
        "2012",      "12",          "14",      "1,2",     "to",   "en",  "femoghalvfjerds",
        "halvanden", "twenty-five", "one",     "two",     "5,000"};
    static const char *const links[] = {"-",    "–",     " - ", " – ", " til ", " to ",
                                        " og ", " and ", ".",   ",",   " ",     "/"};
    static const char *const ends[] = {"",         ".",           " ",  "%",        " (2011)",
                                       " om ugen", "-årige",      "nd", " største", "*",
                                       " 12",      " tredjedele", " am"};
    const StrList *before[] = {&terms->any_precision, &terms->unit_before, &terms->opener};
    const StrList *behind[] = {&terms->scale, &terms->unit, &terms->part};
    for (int i = 0; i < 2; i++)
        if (random_once_in(random, 3)) {
            strbuf_add_str(out, random_word(random, before[random_below(random, 3)]));
            strbuf_add_text(out, random_once_in(random, 5) ? "" : " ");
        }
    if (random_once_in(random, 8))
        strbuf_addf(out, "%.*s ", (int)terms->between.n, terms->between.p);
    strbuf_add_text(out, numbers[random_below(random, sizeof numbers / sizeof *numbers)]);
    if (random_once_in(random, 2)) {
        strbuf_add_text(out, links[random_below(random, sizeof links / sizeof *links)]);
        strbuf_add_text(out, numbers[random_below(random, sizeof numbers / sizeof *numbers)]);
    }
    for (int i = 0; i < 2; i++)
        if (random_once_in(random, 2)) {
            strbuf_add_text(out, random_once_in(random, 5) ? "" : " ");
            strbuf_add_str(out, random_word(random, behind[random_below(random, 3)]));
        }
    strbuf_add_text(out, ends[random_below(random, sizeof ends / sizeof *ends)]);
}

static void check_text_again(const Terms *terms, Str text)
{
    StrBuf once = {0}, twice = {0};
    Quantity q = quantity_read(&arena, terms, text);
    quantity_print_with_unit(&once, terms, &q, STR(""));
    Quantity again = quantity_read(&arena, terms, strbuf_str(&once));
    quantity_print_with_unit(&twice, terms, &again, STR(""));
    MUST_SAY(q.kind == QUANTITY_WORDS ? again.kind == QUANTITY_WORDS : quantity_equal(&q, &again),
             "%s: '%.*s' is printed as '%s'", terms->language.p, (int)text.n, text.p, once.p);
    MUST_SAY(str_equal(strbuf_str(&once), strbuf_str(&twice)), "'%s' and '%s'", once.p, twice.p);
    strbuf_drop(&once);
    strbuf_drop(&twice);
}

START_TEST(what_is_read_is_printed_so_that_it_is_read_again)
{
    Random random = {7};
    Arena words = arena;
    arena = (Arena){0};
    for (int i = 0; i < ROUNDS; i++) {
        StrBuf text = {0};
        const Terms *terms = random_once_in(&random, 2) ? da : en;
        random_text(&text, &random, terms);
        check_text_again(terms, strbuf_str(&text));
        strbuf_drop(&text);
        arena_reset(&arena);
    }
    arena_drop(&arena);
    arena = words;
}
END_TEST

/* ---- reading and finding --------------------------------------------------------------------- */

/* A quantity between brackets is found as it is read alone. */
static void check_find_agrees(const Terms *terms, const Quantity *q)
{
    StrBuf text = {0};
    QuantityFound found;
    strbuf_add_text(&text, "Talle (");
    quantity_print_with_unit(&text, terms, q, STR(""));
    size_t end = text.n;
    strbuf_add_text(&text, ") er her.");
    bool any = quantity_find(&arena, terms, strbuf_str(&text), 0, &found);
    MUST_SAY(any, "nothing found in '%s'", text.p);
    MUST_SAY(same_quantity(q, found.quantity), "another found in '%s'", text.p);
    MUST_SAY(found.from == 7 && (found.to == end || q->words.n || (q->unit.n && !found.known_unit)),
             "not all of '%s' found", text.p);
    strbuf_drop(&text);
}

START_TEST(what_is_read_is_found)
{
    Random random = {8};
    Arena words = arena;
    arena = (Arena){0};
    for (int i = 0; i < ROUNDS; i++) {
        const Terms *terms = random_once_in(&random, 2) ? da : en;
        Quantity q = random_quantity(&random, terms);
        if (q.kind == QUANTITY_ORDINAL)
            q.words = STR("største");
        check_find_agrees(terms, &q);
        arena_reset(&arena);
    }
    arena_drop(&arena);
    arena = words;
}
END_TEST

/* A printed value is whole already. */
START_TEST(printed_values_have_their_spaces)
{
    Random random = {9};
    for (int i = 0; i < 2000; i++) {
        StrBuf once = {0}, tied = {0};
        Quantity q = random_quantity(&random, da);
        quantity_print_with_unit(&once, da, &q, STR(""));
        nobreak_add(&tied, da, strbuf_str(&once));
        MUST_SAY(str_equal(strbuf_str(&once), strbuf_str(&tied)), "'%s' and '%s'", once.p, tied.p);
        strbuf_drop(&once);
        strbuf_drop(&tied);
    }
}
END_TEST

/* Long texts of one kind, for whose every part another might be looked at. */
START_TEST(time_is_linear_in_the_size_of_a_text)
{
    enum { TIMES = 60000 };
    static const struct {
        const char *part;
        size_t found;
    } all[] = {{"1;", TIMES},
               {"1, ", TIMES},
               {"x", 0},
               {"  ", 0},
               {"to-", 0},
               {"1-", 0},
               {"1.", 0},
               {"12 ", 0},
               {"ca. ", 0},
               {"kr. ", 0},
               {"(", 0},
               {"§ ", 0},
               {"mellem 1 og ", TIMES},
               {"1.2 ", 0},
               {"hundrede og ", 0},
               {"to hundrede og fem ", TIMES},
               {"27. august ", 0}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        StrBuf text = {0};
        for (int n = 0; n < TIMES; n++)
            strbuf_add_text(&text, all[i].part);
        size_t quantities = 0;
        QuantityFound found;
        for (size_t at = 0; quantity_find(&arena, da, strbuf_str(&text), at, &found); at = found.to)
            quantities++;
        ck_assert_msg(quantities == all[i].found, "%zu in '%s'", quantities, all[i].part);
        for (size_t at = 0; quantity_find_doubtful(&arena, da, strbuf_str(&text), at, &found);
             at = found.to)
            continue;
        DateFound date;
        for (size_t at = 0; date_find(da, strbuf_str(&text), at, &date); at = date.to)
            continue;
        strbuf_drop(&text);
    }
}
END_TEST

/* ---- what the documentation says ------------------------------------------------------------- */

/* The next text between backticks; false when there is none. */
static bool next_quoted(Str *rest, Str *out)
{
    size_t open = str_find(*rest, '`');
    Str from = str_cut(*rest, open + 1, rest->n);
    size_t close = str_find(from, '`');
    if (open == rest->n || close == from.n)
        return false;
    *out = str_cut(from, 0, close);
    *rest = str_cut(from, close + 1, from.n);
    return true;
}

/* "| `12-14`, `12 til 14` | an interval | `12–14` |" */
static size_t check_documented(Str row)
{
    Str cell[3], text, expected;
    size_t n = 0, checked = 0;
    for (Str rest = str_cut(row, 1, row.n); n < 3 && rest.n; n++) {
        size_t bar = str_find(rest, '|');
        cell[n] = str_cut(rest, 0, bar);
        rest = str_cut(rest, bar + 1, rest.n);
    }
    if (n < 3 || !next_quoted(&cell[2], &expected))
        return 0;
    for (; next_quoted(&cell[0], &text); checked++) {
        StrBuf printed = {0};
        Quantity q = quantity_read(&arena, da, text);
        print(&printed, da, &q);
        for (size_t i = 0; i < printed.n; i++)
            if (printed.p[i] == '_')
                printed.p[i] = ' ';
        MUST_SAY(str_equal(strbuf_str(&printed), expected), "%.*s is '%s'", (int)text.n, text.p,
                 printed.p);
        MUST_SAY(!q.doubtful, "%.*s is doubtful", (int)text.n, text.p);
        strbuf_drop(&printed);
    }
    return checked;
}

START_TEST(values_are_printed_as_documented)
{
    StrBuf page = {0};
    ck_assert_int_eq(file_read("docs/report-format.md", 1 << 20, &page), 0);
    Str rest = strbuf_str(&page);
    const char *table = strstr(page.p, "| you write in `V");
    ck_assert_ptr_nonnull(table);
    rest = str_cut(rest, (size_t)(table - page.p), rest.n);
    size_t checked = 0;
    while (str_starts(rest, STR("|"))) {
        size_t end = str_find(rest, '\n');
        if (!str_starts(rest, STR("| you")))
            checked += check_documented(str_cut(rest, 0, end));
        rest = str_cut(rest, end + 1, rest.n);
    }
    ck_assert_uint_gt(checked, 40);
    strbuf_drop(&page);
}
END_TEST

/* ---- arithmetic ------------------------------------------------------------------------------ */

START_TEST(decimals_are_exact)
{
    Decimal sum, most = {99999999999999999, 0};
    ck_assert_int_eq(decimal_compare((Decimal){840, 2}, (Decimal){84, 1}), 0);
    ck_assert_int_lt(decimal_compare((Decimal){-84, 1}, (Decimal){1, 17}), 0);
    ck_assert_int_gt(decimal_compare(most, (Decimal){99999999999999999, 17}), 0);
    ck_assert(decimal_add((Decimal){1, 1}, (Decimal){2, 2}, &sum) &&
              same_decimal(sum, (Decimal){12, 2}));
    ck_assert(decimal_add((Decimal){1, 1}, (Decimal){-2, 1}, &sum) &&
              same_decimal(sum, (Decimal){-1, 1}));
    ck_assert(!decimal_add(most, (Decimal){1, 0}, &sum) &&
              !decimal_add(most, (Decimal){1, 17}, &sum));
    ck_assert(decimal_shift((Decimal){12, 1}, 6, &sum) && same_decimal(sum, (Decimal){1200000, 0}));
    ck_assert(decimal_shift((Decimal){123456789, 8}, 6, &sum) &&
              same_decimal(sum, (Decimal){123456789, 2}));
    ck_assert(!decimal_shift(most, 1, &sum) && decimal_shift((Decimal){0, 0}, 17, &sum));
}
END_TEST

START_TEST(arithmetic_agrees_with_that_of_integers)
{
    Random random = {10};
    for (int i = 0; i < ROUNDS; i++) {
        int decimals = (int)random_below(&random, 6);
        Decimal a = {(int64_t)random_next(&random) - (1 << 30), decimals}, sum, back;
        Decimal b = {(int64_t)random_next(&random) - (1 << 30), decimals};
        MUST(decimal_add(a, b, &sum) && sum.digits == a.digits + b.digits &&
             sum.decimals == decimals);
        MUST(decimal_add(sum, (Decimal){-b.digits, decimals}, &back) &&
             decimal_compare(back, a) == 0);
        MUST((decimal_compare(a, b) < 0) == (a.digits < b.digits));
        MUST(decimal_shift(a, decimals, &back) && back.digits == a.digits && back.decimals == 0);
    }
}
END_TEST

START_TEST(scales_are_multiplied_in)
{
    Decimal low, high;
    Quantity q = quantity_read(&arena, da, STR("1,2-1,4 mio. kr."));
    ck_assert(quantity_bounds(da, &q, &low, &high));
    ck_assert(same_decimal(low, (Decimal){1200000, 0}) &&
              same_decimal(high, (Decimal){1400000, 0}));
    q = quantity_read(&arena, da, STR("27 milliarder"));
    ck_assert(quantity_bounds(da, &q, &low, &high) && low.digits == 27000000000);
    q = quantity_read(&arena, da, STR("9.999.999.999.999 mia."));
    ck_assert(!quantity_bounds(da, &q, &low, &high));
    q = quantity_read(&arena, da, STR("2. største"));
    ck_assert(!quantity_bounds(da, &q, &low, &high));
}
END_TEST

START_TEST(units_are_compared_and_taken_from_their_column)
{
    ck_assert(quantity_same_unit(da, STR("pct."), STR("%")) &&
              quantity_same_unit(da, STR("Pct"), STR("procent")));
    ck_assert(quantity_same_unit(da, STR("sager"), STR("Sager")) &&
              !quantity_same_unit(da, STR("kr."), STR("%")));
    Quantity q = quantity_read(&arena, da, STR("35 pct."));
    ck_assert(!quantity_set_unit(da, &q, STR("kr.")) && str_equal(q.unit, STR("pct.")));
    ck_assert(quantity_set_unit(da, &q, STR("%")) && str_equal(q.unit, STR("%")));
    ck_assert(quantity_set_unit(da, &q, STR("")) && str_equal(q.unit, STR("%")));
    q = quantity_read(&arena, da, STR("2012"));
    ck_assert(q.maybe_year && quantity_set_unit(da, &q, STR("sager")) && !q.maybe_year);
    q = quantity_read(&arena, da, STR("ikke oplyst"));
    ck_assert(quantity_set_unit(da, &q, STR("sager")) && !q.unit.n);
}
END_TEST

Suite *number_suite(void)
{
    Suite *suite = suite_create("number");
    TCase *tests = tcase_create("number");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_set_timeout(tests, 60); /* under sanitizers */
    tcase_add_test(tests, danish_quantities);
    tcase_add_test(tests, english_quantities);
    tcase_add_test(tests, danish_quantities_are_found);
    tcase_add_test(tests, what_only_looks_like_a_quantity_is_passed_over);
    tcase_add_test(tests, english_quantities_are_found);
    tcase_add_test(tests, doubtful_numbers_are_found);
    tcase_add_test(tests, what_is_printed_is_read);
    tcase_add_test(tests, what_is_read_is_printed_so_that_it_is_read_again);
    tcase_add_test(tests, what_is_read_is_found);
    tcase_add_test(tests, printed_values_have_their_spaces);
    tcase_add_test(tests, time_is_linear_in_the_size_of_a_text);
    tcase_add_test(tests, values_are_printed_as_documented);
    tcase_add_test(tests, decimals_are_exact);
    tcase_add_test(tests, arithmetic_agrees_with_that_of_integers);
    tcase_add_test(tests, scales_are_multiplied_in);
    tcase_add_test(tests, units_are_compared_and_taken_from_their_column);
    suite_add_tcase(suite, tests);
    return suite;
}
