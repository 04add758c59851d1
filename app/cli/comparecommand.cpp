// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/comparecommand.h"

#include "app/cli/monitoringoptions.h"

#include <ostream>

namespace countersign::cli {

namespace {

void writeJson(std::ostream &out, const std::vector<ComparedColumn> &columns)
{
    JsonWriter json(out);
    json.beginObject();
    json.key("columns");
    json.beginArray();
    for (const ComparedColumn &column : columns) {
        json.beginObject();
        json.member("name", column.name);
        json.member("type", typeName(column.type));
        json.member("n_reference", column.referenceRows);
        json.member("n_current", column.currentRows);
        json.member("missing_reference", column.referenceMissing);
        json.member("missing_current", column.currentMissing);
        writeSpecial(json, column.special);
        writeStatistics(json, column.statistics);
        writeAsTools(json, column.asTools);
        json.endObject();
    }
    json.endArray();
    json.endObject();
}

void writeCsv(std::ostream &out, const std::vector<ComparedColumn> &columns)
{
    out << "column,statistic,value\n";
    for (const ComparedColumn &column : columns) {
        const std::string name = csvField(column.name);
        out << name << ",n_reference," << column.referenceRows << '\n'
            << name << ",n_current," << column.currentRows << '\n'
            << name << ",missing_reference," << column.referenceMissing << '\n'
            << name << ",missing_current," << column.currentMissing << '\n';
        for (const SpecialCount &special : column.special)
            out << name << ',' << csvField("special_reference " + special.value) << ',' << special.reference << '\n'
                << name << ',' << csvField("special_current " + special.value) << ',' << special.current << '\n';
        for (const StatisticValue &statistic : column.statistics)
            out << name << ',' << statistic.key << ',' << csvNumber(statistic.value) << '\n';
        for (const ToolValue &value : column.asTools)
            out << name << ',' << value.tool << '_' << value.statistic << ',' << csvNumber(value.value) << '\n';
    }
}

} // namespace

void CompareCommand::configure(CLI::App &app)
{
    app.add_option("--reference", m_reference, "Log to compare with: a file, or a folder of files")->required();
    app.add_option("--current", m_current, "Log to judge: a file, or a folder of files")->required();
    app.add_option("--column", m_columns, "Only this column; may be given again")->allow_extra_args(false);
    app.add_option("--type", m_types, "NAME=numeric or NAME=categorical; may be given again")->allow_extra_args(false);
    addSpecialOption(app, m_special);
    app.add_option("--bins", m_bins, "deciles of the reference, or range: deciles with bins below and above it")
        ->check(CLI::IsMember({"deciles", "range"}))
        ->capture_default_str();
    addToolsOption(app, m_tools);
    m_dialect.configure(app);
    app.add_option("--format", m_format, "json or csv")->check(CLI::IsMember({"json", "csv"}))->capture_default_str();
}

ExitCode CompareCommand::run(std::ostream &out, std::ostream &err)
{
    CompareRequest request;
    request.referencePath = m_reference;
    request.currentPath = m_current;
    request.dialect = m_dialect.dialect();
    request.columns = m_columns;
    request.types = parseTypes(m_types);
    request.special = parseSpecial(m_special);
    request.bins = parseBins(m_bins);
    request.asTools = m_tools;
    std::vector<std::string> remarks;
    const auto columns = compareLogs(request, {}, {}, &remarks);
    for (const std::string &remark : remarks)
        err << "Note: " << remark << '\n';
    m_format == "csv" ? writeCsv(out, columns) : writeJson(out, columns);
    return Success;
}

} // namespace countersign::cli
