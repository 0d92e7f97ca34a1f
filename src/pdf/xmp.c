#include "pdf/internal.h"

/* XMP (ISO 16684-1) with the identification of PDF/A (ISO 19005-3, 6.6.4) and PDF/UA (ISO 14289-1,
 * 5). It says what the information dictionary says. */

static void escape(StrBuf *out, Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        const char *entity = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : NULL;
        if (entity)
            strbuf_add_text(out, entity);
        else if ((unsigned char)c >= 0x20 || c == '\n' || c == '\t')
            strbuf_add_char(out, c);
    }
}

static void element(StrBuf *out, const char *before, Str text, const char *after)
{
    if (!text.n)
        return;
    strbuf_add_text(out, before);
    escape(out, text);
    strbuf_add_text(out, after);
}

static void print_time(StrBuf *out, const char *name, const DocumentTime *t)
{
    strbuf_addf(out, "<xmp:%s>%04d-%02d-%02dT%02d:%02d:%02dZ</xmp:%s>\n", name, t->year, t->month,
                t->day, t->hour, t->minute, t->second, name);
}

/* PDF/A wants every schema that it doesn't know described in the file itself. */
static void print_ua(StrBuf *out)
{
    strbuf_add_text(
        out, "<rdf:Description rdf:about=\"\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
             "<pdfuaid:part>1</pdfuaid:part>\n</rdf:Description>\n"
             "<rdf:Description rdf:about=\"\""
             " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
             " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
             " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
             "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
             "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\n"
             "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
             "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
             "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
             "<pdfaProperty:name>part</pdfaProperty:name>\n"
             "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
             "<pdfaProperty:category>internal</pdfaProperty:category>\n"
             "<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>\n"
             "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
             "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n");
}

void xmp_print(const Metadata *m, bool tagged, StrBuf *out)
{
    strbuf_add_text(out, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                         "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                         "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                         "<rdf:Description rdf:about=\"\""
                         " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                         " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
                         " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                         " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
                         "<dc:format>application/pdf</dc:format>\n");
    element(out, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", m->title,
            "</rdf:li></rdf:Alt></dc:title>\n");
    element(out, "<dc:creator><rdf:Seq><rdf:li>", m->author, "</rdf:li></rdf:Seq></dc:creator>\n");
    element(out, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">", m->subject,
            "</rdf:li></rdf:Alt></dc:description>\n");
    element(out, "<dc:language><rdf:Bag><rdf:li>", m->language,
            "</rdf:li></rdf:Bag></dc:language>\n");
    element(out, "<pdf:Keywords>", m->keywords, "</pdf:Keywords>\n");
    element(out, "<pdf:Producer>", m->producer, "</pdf:Producer>\n");
    print_time(out, "CreateDate", &m->time);
    print_time(out, "ModifyDate", &m->time);
    print_time(out, "MetadataDate", &m->time);
    strbuf_addf(out,
                "<pdfaid:part>3</pdfaid:part>\n<pdfaid:conformance>%s</pdfaid:conformance>\n"
                "</rdf:Description>\n",
                tagged ? "A" : "U");
    if (tagged)
        print_ua(out);
    strbuf_add_text(out, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
}
