// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/statcommand.h"

#include "app/cli/monitoringoptions.h"
#include "core/base/decimal.h"
#include "core/monitoring/dialecttext.h"
#include "core/monitoring/logtable.h"
#include "core/monitoring/preview.h"
#include "core/stats/catalogue.h"
#include "core/stats/undefined.h"

#include <limits>
#include <ostream>

namespace countersign::cli {

namespace {

std::string_view shapeName(StatisticShape shape)
{
    switch (shape) {
    case StatisticShape::TwoSamples:
        return "two samples";
    case StatisticShape::Paired:
        return "outcome (reference) and score or prediction (current), row by row";
    case StatisticShape::TwoShares:
        break;
    }
    return "shares, bin by bin";
}

/// `name`, or that of the file's only column.
std::string columnToRead(const std::string &path, const LogDialect &dialect, const std::string &name,
                         const std::string &option)
{
    if (!name.empty())
        return name;
    const LogPreview head = preview(path, dialect);
    if (head.columns.size() == 1)
        return head.columns.front().name;
    std::string names;
    for (const PreviewColumn &column : head.columns)
        names += (names.empty() ? "" : ", ") + column.name;
    throw UsageError(path + " has more than one column (" + names + "): name one with --column or " + option + ".");
}

/// The cells of a column as they stand in the file, missing ones empty, numbers with a decimal point.
std::vector<std::string> readColumn(const std::string &path, const LogDialect &dialect, const std::string &name,
                                    const std::string &option)
{
    ReadRequest request;
    request.path = path;
    request.dialect = dialect;
    request.wanted = {columnToRead(path, dialect, name, option)};
    request.categorical = *request.wanted;
    request.unmistakable = *request.wanted;
    request.mostTexts = std::numeric_limits<std::size_t>::max();
    const LogTable table = readLog(request, 1, {}, {});
    std::vector<std::string> texts = table.column(*request.wanted->begin()).categories;
    if (!table.sources.empty() && table.sources.front().dialect.decimalMark == DecimalMark::Comma) {
        for (std::string &text : texts) {
            double value = 0;
            if (readNumber(text, value, DecimalMark::Comma) == NumberText::Finite)
                text = fullPrecision(value);
        }
    }
    const LogColumn &column = table.column(*request.wanted->begin());
    std::vector<std::string> cells;
    cells.reserve(table.rows);
    for (const ColumnChunk &chunk : column.chunks) {
        for (const std::uint32_t code : chunk.codes)
            cells.push_back(code == missingCode ? std::string() : texts[code]);
    }
    return cells;
}

} // namespace

void StatCommand::configure(CLI::App &app)
{
    app.add_option("statistic", m_statistic, "Its name, as --list prints it");
    app.add_option("--reference", m_reference, "CSV file to compare with; for performance: the outcomes");
    app.add_option("--current", m_current, "CSV file to judge; for performance: the scores or predictions");
    app.add_option("--column", m_column, "The column in both files; not needed where they have one column");
    app.add_option("--reference-column", m_referenceColumn, "The column of the reference file");
    app.add_option("--current-column", m_currentColumn, "The column of the current file");
    app.add_option("--option", m_options, "KEY=VALUE for the statistic; may be given again")->allow_extra_args(false);
    app.add_option("--bootstrap", m_draws, "Also print a 95 % interval, from so many draws of the rows")
        ->check(CLI::Range(100U, 100'000U));
    app.add_flag("--list", m_list, "Print every statistic with its definition and options");
    m_dialect.configure(app);
    app.add_option("--format", m_format, "json or csv")->check(CLI::IsMember({"json", "csv"}))->capture_default_str();
}

void StatCommand::list(std::ostream &out) const
{
    if (m_format == "csv") {
        out << "name,input,definition,options\n";
        for (const Statistic *statistic : statistics()) {
            std::string options;
            for (const StatisticOption &option : statistic->options)
                options += (options.empty() ? "" : " ") + std::string(option.key) + "=" + std::string(option.fallback);
            out << statistic->name << ',' << csvField(shapeName(statistic->shape)) << ','
                << csvField(statistic->definition) << ',' << csvField(options) << '\n';
        }
        return;
    }
    JsonWriter json(out);
    json.beginObject();
    json.key("statistics");
    json.beginArray();
    for (const Statistic *statistic : statistics()) {
        json.beginObject();
        json.member("name", statistic->name);
        json.member("input", shapeName(statistic->shape));
        json.member("definition", statistic->definition);
        json.key("options");
        json.beginArray();
        for (const StatisticOption &option : statistic->options) {
            json.beginObject();
            json.member("key", option.key);
            json.member("default", option.fallback);
            json.member("meaning", option.meaning);
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }
    json.endArray();
    json.endObject();
}

void StatCommand::compute(std::ostream &out) const
{
    std::map<std::string, std::string> options;
    for (const std::string &text : m_options) {
        const auto equals = text.find('=');
        if (equals == std::string::npos || equals == 0)
            throw UsageError("--option " + text + ": expected KEY=VALUE.");
        options[text.substr(0, equals)] = text.substr(equals + 1);
    }
    checkStatistic(m_statistic, options);
    const std::string &referenceColumn = m_referenceColumn.empty() ? m_column : m_referenceColumn;
    const std::string &currentColumn = m_currentColumn.empty() ? m_column : m_currentColumn;
    const LogDialect dialect = m_dialect.dialect();
    const auto reference = readColumn(m_reference, dialect, referenceColumn, "--reference-column");
    const auto current = readColumn(m_current, dialect, currentColumn, "--current-column");
    const ComputedStatistic result = computeStatistic(m_statistic, {reference, current}, options);
    BootstrapOptions draws;
    draws.replicates = m_draws;
    const bool drawn = m_draws > 0;
    Interval interval{undefined, undefined};
    if (drawn)
        interval = bootstrapStatistic(m_statistic, reference, current, options, draws);
    const std::string method = "percentile bootstrap, " + std::to_string(m_draws) + " draws, seed 1";
    if (m_format == "csv") {
        out << "name,value," << (drawn ? "low,high,interval," : "") << "definition\n"
            << result.name << ',' << csvNumber(result.value) << ',';
        if (drawn)
            out << csvNumber(interval.low) << ',' << csvNumber(interval.high) << ',' << csvField(method) << ',';
        out << csvField(result.definition) << '\n';
        return;
    }
    JsonWriter json(out);
    json.beginObject();
    json.member("name", result.name);
    json.member("value", result.value);
    if (drawn) {
        json.member("low", interval.low);
        json.member("high", interval.high);
        json.member("interval", method);
    }
    json.member("definition", result.definition);
    json.endObject();
}

ExitCode StatCommand::run(std::ostream &out, std::ostream & /*err*/)
{
    if (m_list) {
        list(out);
        return Success;
    }
    if (m_statistic.empty())
        throw UsageError("name a statistic, or give --list to see them.");
    if (m_reference.empty() || m_current.empty())
        throw UsageError("--reference FILE and --current FILE are needed.");
    try {
        compute(out);
    } catch (const StatisticUseError &error) {
        throw UsageError(error.error().text());
    }
    return Success;
}

} // namespace countersign::cli
