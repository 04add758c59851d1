// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/monitoringoptions.h"

#include "app/cli/command.h"
#include "core/base/decimal.h"

#include <charconv>
#include <cmath>

namespace countersign::cli {

std::pair<std::string, std::string> parseAssignment(const std::string &option, const std::string &text)
{
    const auto equals = text.rfind('=');
    if (equals == std::string::npos || equals == 0)
        throw UsageError(option + " " + text + ": expected NAME=VALUE.");
    return {text.substr(0, equals), text.substr(equals + 1)};
}

std::map<std::string, ColumnType> parseTypes(const std::vector<std::string> &texts)
{
    std::map<std::string, ColumnType> types;
    for (const std::string &text : texts) {
        const auto [name, type] = parseAssignment("--type", text);
        if (type != "numeric" && type != "categorical")
            throw UsageError("--type " + text + ": the type is numeric or categorical.");
        types[name] = type == "numeric" ? ColumnType::Numeric : ColumnType::Categorical;
    }
    return types;
}

BinRule parseBins(const std::string &text)
{
    if (text == "deciles")
        return BinRule::Deciles;
    if (text == "range")
        return BinRule::DecilesInRange;
    throw UsageError("--bins " + text + ": the bins are deciles or range.");
}

std::pair<PeriodKind, std::uint64_t> parsePeriod(const std::string &text)
{
    static const std::map<std::string, PeriodKind> kinds{
        {"month", PeriodKind::Month}, {"week", PeriodKind::Week}, {"day", PeriodKind::Day}, {"year", PeriodKind::Year}};
    if (const auto kind = kinds.find(text); kind != kinds.end())
        return {kind->second, 0};
    std::uint64_t rows = 0;
    if (text.starts_with("rows:")) {
        const char *end = text.data() + text.size();
        const auto result = std::from_chars(text.data() + 5, end, rows);
        if (result.ec == std::errc{} && result.ptr == end && rows > 0)
            return {PeriodKind::Rows, rows};
    }
    throw UsageError("--period " + text + ": expected month, week, day, year or rows:N.");
}

Date parseFirstDay(const std::string &option, const std::string &text)
{
    const auto wanted = text.size() == 4   ? parseDate(text + "-01-01")
                        : text.size() == 7 ? parseDate(text + "-01")
                                           : parseDate(text);
    if (!wanted)
        throw UsageError(option + " " + text + ": expected a day like 2015-03-31, a month or a year.");
    return *wanted;
}

Date parseLastDay(const std::string &option, const std::string &text)
{
    using namespace std::chrono;
    const Date wanted = parseFirstDay(option, text);
    const year_month_day date(wanted);
    if (text.size() == 4)
        return date.year() / December / 31;
    if (text.size() == 7)
        return Date(date.year() / date.month() / last);
    return wanted;
}

void addSpecialOption(CLI::App &app, std::vector<std::string> &texts)
{
    app.add_option(
           "--special", texts,
           "COLUMN=VALUE, as -999 or N/A, that has a bin of its own and is left out of quantiles and distances; "
           "may be given again")
        ->allow_extra_args(false);
}

SpecialTexts parseSpecial(const std::vector<std::string> &texts)
{
    SpecialTexts special;
    for (const std::string &text : texts) {
        const auto [column, value] = parseAssignment("--special", text);
        special[column].push_back(value);
    }
    return special;
}

std::string_view typeName(ColumnType type)
{
    return type == ColumnType::Numeric ? "numeric" : "categorical";
}

void writeStatistics(JsonWriter &json, const std::vector<StatisticValue> &statistics)
{
    json.key("statistics");
    json.beginObject();
    for (const StatisticValue &statistic : statistics)
        json.member(statistic.key, statistic.value);
    json.endObject();
}

void writeAsTools(JsonWriter &json, const std::vector<ToolValue> &values)
{
    if (values.empty())
        return;
    json.key("as");
    json.beginObject();
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i == 0 || values[i].tool != values[i - 1].tool) {
            if (i > 0)
                json.endObject();
            json.key(values[i].tool);
            json.beginObject();
        }
        json.member(values[i].statistic, values[i].value);
    }
    json.endObject();
    json.endObject();
}

void addToolsOption(CLI::App &app, std::vector<std::string> &tools)
{
    app.add_option("--as", tools, "Also as this tool counts: evidently, frouros or nannyml; may be given again")
        ->allow_extra_args(false)
        ->check(CLI::IsMember(otherTools()));
}

void writeSpecial(JsonWriter &json, const std::vector<SpecialCount> &special)
{
    if (special.empty())
        return;
    json.key("special");
    json.beginArray();
    for (const SpecialCount &each : special) {
        json.beginObject();
        json.member("value", each.value);
        json.member("n_reference", each.reference);
        json.member("n_current", each.current);
        json.endObject();
    }
    json.endArray();
}

std::string csvField(std::string_view text)
{
    if (text.find_first_of(",\"\r\n") == std::string_view::npos)
        return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"')
            quoted += c;
        quoted += c;
    }
    return quoted + '"';
}

std::string csvNumber(double value)
{
    return std::isfinite(value) ? fullPrecision(value) : std::string();
}

} // namespace countersign::cli
