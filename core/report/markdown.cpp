// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/csv.h"
#include "core/report/report.h"

namespace countersign {

namespace {

/// Text as Markdown would show it; inside a table a line break is a space.
std::string escaped(const std::string &text, bool inTable)
{
    std::string markdown;
    for (const char c : text) {
        if (std::string_view("\\`*_{}[]<>#|").find(c) != std::string_view::npos)
            markdown += '\\';
        if (c == '\n')
            markdown += inTable ? " " : "  \n";
        else if (static_cast<unsigned char>(c) >= 0x20 || c == '\t')
            markdown += c;
    }
    return markdown;
}

std::string tableLine(const std::vector<std::string> &cells)
{
    std::string line = "|";
    for (const std::string &cell : cells)
        line += " " + escaped(cell, true) + " |";
    return line + "\n";
}

struct MarkdownWriter
{
    std::string out;

    void operator()(const ReportHeading &heading)
    {
        out += (heading.level <= 2 ? "## " : "### ") + escaped(heading.text, true) + "\n\n";
    }

    void operator()(const ReportParagraph &paragraph)
    {
        const std::string mark = paragraph.strong ? "**" : "";
        out += mark + escaped(paragraph.text, false) + mark + "\n\n";
    }

    void operator()(const ReportFields &fields)
    {
        for (const auto &[name, value] : fields.fields)
            if (!value.empty())
                out += "- **" + escaped(name, true) + ":** " + escaped(value, true) + "\n";
        out += "\n";
    }

    void operator()(const ReportTable &table)
    {
        if (table.rows.empty()) {
            (*this)(ReportParagraph{table.whenEmpty});
            return;
        }
        out += tableLine(table.header) + "|";
        for (std::size_t i = 0; i < table.header.size(); ++i)
            out += " --- |";
        out += "\n";
        for (const auto &row : table.rows)
            out += tableLine(row);
        out += "\n";
    }

    /// Indented, so that no text inside can end the block.
    void operator()(const ReportVerbatim &verbatim)
    {
        std::string indented = "    ";
        for (const char c : verbatim.text) {
            indented += c;
            if (c == '\n')
                indented += "    ";
        }
        out += indented + "\n\n";
    }
};

} // namespace

std::string toMarkdown(const Report &report)
{
    MarkdownWriter writer;
    writer.out = "# " + escaped(report.title, true) + "\n\n";
    if (!report.subtitle.empty())
        writer.out += escaped(report.subtitle, false) + "\n\n";
    for (const ReportBlock &block : report.blocks)
        std::visit(writer, block);
    return writer.out;
}

std::string toCsv(const ReportTable &table)
{
    std::string csv = csvLine(table.header);
    for (const auto &row : table.rows)
        csv += csvLine(row);
    return csv;
}

} // namespace countersign
