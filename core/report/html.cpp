// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report.h"

namespace countersign {

namespace {

constexpr const char *kStyle = R"css(
body { font-family: "Noto Sans", "DejaVu Sans", Arial, sans-serif; font-size: 9pt; color: #1a1f26; margin: 24px; }
h1 { font-size: 16pt; } h2 { font-size: 12pt; margin-top: 16px; } h3 { font-size: 10pt; margin-top: 10px; }
table { border-collapse: collapse; margin-top: 4px; margin-bottom: 6px; }
th { background-color: #e8ecf1; text-align: left; } th, td { padding: 2px 5px; vertical-align: top; }
pre { font-family: "DejaVu Sans Mono", monospace; font-size: 9pt; background-color: #f4f6f8; padding: 8px; }
.subtitle { color: #55606d; }
@media print { body { margin: 0; } h2, h3 { page-break-after: avoid; } tr { page-break-inside: avoid; } }
)css";

std::string lines(const std::string &text)
{
    std::string html;
    for (const char c : escapeHtml(text)) {
        if (c == '\n')
            html += "<br>";
        else
            html += c;
    }
    return html;
}

struct HtmlWriter
{
    std::string out;

    void operator()(const ReportHeading &heading)
    {
        const std::string tag = heading.level <= 2 ? "h2" : "h3";
        out += "<" + tag + ">" + escapeHtml(heading.text) + "</" + tag + ">\n";
    }

    void operator()(const ReportParagraph &paragraph)
    {
        const std::string text = lines(paragraph.text);
        out += paragraph.strong ? "<p><b>" + text + "</b></p>\n" : "<p>" + text + "</p>\n";
    }

    void operator()(const ReportFields &fields)
    {
        out += "<table border=\"0\" cellspacing=\"0\">\n";
        for (const auto &[name, value] : fields.fields)
            if (!value.empty())
                out += "<tr><td><b>" + escapeHtml(name) + "</b></td><td>" + lines(value) + "</td></tr>\n";
        out += "</table>\n";
    }

    void operator()(const ReportTable &table)
    {
        if (table.rows.empty()) {
            (*this)(ReportParagraph{table.whenEmpty});
            return;
        }
        out += "<table border=\"1\" cellspacing=\"0\">\n<thead><tr>";
        for (const std::string &cell : table.header)
            out += "<th>" + escapeHtml(cell) + "</th>";
        out += "</tr></thead>\n<tbody>\n";
        for (const auto &row : table.rows) {
            out += "<tr>";
            for (const std::string &cell : row)
                out += "<td>" + lines(cell) + "</td>";
            out += "</tr>\n";
        }
        out += "</tbody></table>\n";
    }

    void operator()(const ReportVerbatim &verbatim) { out += "<pre>" + escapeHtml(verbatim.text) + "</pre>\n"; }
};

} // namespace

std::string escapeHtml(std::string_view text)
{
    std::string html;
    html.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&':
            html += "&amp;";
            break;
        case '<':
            html += "&lt;";
            break;
        case '>':
            html += "&gt;";
            break;
        case '"':
            html += "&quot;";
            break;
        case '\'':
            html += "&#39;";
            break;
        default:
            // Control characters are not allowed in HTML, whatever their spelling.
            html += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? ' ' : c;
        }
    }
    return html;
}

std::string toHtml(const Report &report)
{
    HtmlWriter writer;
    writer.out = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" +
                 escapeHtml(report.title) + "</title>\n<style>" + kStyle + "</style>\n</head>\n<body>\n<h1>" +
                 escapeHtml(report.title) + "</h1>\n";
    if (!report.subtitle.empty())
        writer.out += "<p class=\"subtitle\">" + lines(report.subtitle) + "</p>\n";
    for (const ReportBlock &block : report.blocks)
        std::visit(writer, block);
    return writer.out + "</body>\n</html>\n";
}

} // namespace countersign
