// SPDX-License-Identifier: GPL-3.0-or-later
//
// A report as a plain value: blocks in order. What it says is decided in the builders (modelreport.h, ...); how it
// looks, here. The HTML is simple enough for QTextDocument to print: headings, paragraphs, tables.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace countersign {

struct ReportHeading
{
    int level = 2; ///< 2 or 3; the title of the report is 1
    std::string text;
};

struct ReportParagraph
{
    std::string text; ///< line breaks are kept
    bool strong = false;
};

/// Names and values; pairs with an empty value are left out.
struct ReportFields
{
    std::vector<std::pair<std::string, std::string>> fields;
};

struct ReportTable
{
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
    std::string whenEmpty; ///< said in place of a table without rows
};

/// Text whose spaces and line breaks matter, such as a checkpoint.
struct ReportVerbatim
{
    std::string text;
};

using ReportBlock = std::variant<ReportHeading, ReportParagraph, ReportFields, ReportTable, ReportVerbatim>;

struct Report
{
    std::string title;
    std::string subtitle;
    std::vector<ReportBlock> blocks;

    void heading(int level, std::string text) { blocks.push_back(ReportHeading{level, std::move(text)}); }
    void paragraph(std::string text) { blocks.push_back(ReportParagraph{std::move(text)}); }
    void strong(std::string text) { blocks.push_back(ReportParagraph{std::move(text), true}); }
    void fields(std::vector<std::pair<std::string, std::string>> pairs)
    {
        blocks.push_back(ReportFields{std::move(pairs)});
    }
    void table(ReportTable table) { blocks.push_back(std::move(table)); }
    void verbatim(std::string text) { blocks.push_back(ReportVerbatim{std::move(text)}); }
};

/// A whole page, UTF-8, without scripts or anything loaded from elsewhere; every text is escaped.
[[nodiscard]] std::string toHtml(const Report &report);
[[nodiscard]] std::string toMarkdown(const Report &report);
[[nodiscard]] std::string toCsv(const ReportTable &table);

[[nodiscard]] std::string escapeHtml(std::string_view text);

} // namespace countersign
