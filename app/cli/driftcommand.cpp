// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/driftcommand.h"

#include "app/cli/monitoringoptions.h"
#include "app/cli/outcomewriter.h"
#include "core/base/error.h"
#include "core/base/userfolders.h"
#include "core/monitoring/profile/profile.h"
#include "core/stats/undefined.h"

#include <cmath>
#include <ostream>

namespace countersign::cli {

namespace {

constexpr std::string_view yearBefore = "same-period-last-year";

/// The label of the period a year before this one, empty where there is none; nothing where all are compared with one
/// reference.
std::optional<std::string> comparedWith(const DriftReport &report, const RunPeriod &period)
{
    if (!report.comparesYears)
        return std::nullopt;
    return period.comparedWith ? report.periods[*period.comparedWith].label : std::string();
}

template <class Period>
void writePeriod(JsonWriter &json, const Period &period, bool withTarget, const std::optional<std::string> &compared)
{
    json.beginObject();
    json.member("label", period.label);
    for (const auto &[name, date] : {std::pair{"from", period.from}, std::pair{"to", period.to}}) {
        json.key(name);
        date ? json.value(toString(*date)) : json.null();
    }
    if (compared) {
        json.key("compared_with");
        compared->empty() ? json.null() : json.value(*compared);
    }
    json.member("rows", period.rows);
    if (withTarget)
        json.member("labelled_rows", period.labelledRows);
    if (period.performance.aucEvidence)
        json.member("auc", period.performance.auc.value_or(undefined));
    if (period.performance.errorEvidence) {
        json.member("rmse", period.performance.rmse.value_or(undefined));
        json.member("mae", period.performance.mae.value_or(undefined));
        json.member("bias", period.performance.bias.value_or(undefined));
    }
    writeOutcomes(json, OutcomeView(period));
    json.endObject();
}

void writeJson(std::ostream &out, const DriftReport &report, bool withTarget)
{
    JsonWriter json(out);
    json.beginObject();
    json.key("reference");
    writePeriod(json, report.reference, withTarget, {});
    json.key("periods");
    json.beginArray();
    for (const RunPeriod &period : report.periods)
        writePeriod(json, period, withTarget, comparedWith(report, period));
    json.endArray();
    json.key("columns");
    json.beginArray();
    for (const DriftColumn &column : report.columns) {
        json.beginObject();
        json.member("name", column.name);
        json.member("type", typeName(column.type));
        json.member("n_reference", column.referenceRows);
        json.member("missing_reference", column.referenceMissing);
        json.key("periods");
        json.beginArray();
        for (std::size_t i = 0; i < column.periods.size(); ++i) {
            json.beginObject();
            json.member("label", report.periods[i].label);
            json.member("n", column.periods[i].currentRows);
            json.member("missing", column.periods[i].currentMissing);
            writeSpecial(json, column.periods[i].special);
            writeStatistics(json, column.periods[i].statistics);
            writeAsTools(json, column.periods[i].asTools);
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }
    json.endArray();
    writeOutcomeDefinitions(json);
    json.endObject();
}

void writeCsv(std::ostream &out, const DriftReport &report, bool withTarget)
{
    out << "period,column,statistic,value\n";
    for (std::size_t i = 0; i < report.periods.size(); ++i) {
        const RunPeriod &period = report.periods[i];
        const Performance &performance = period.performance;
        const auto line = [&](std::string_view column, std::string_view statistic, const std::string &value) {
            out << csvField(period.label) << ',' << csvField(column) << ',' << statistic << ',' << value << '\n';
        };
        line("*", "rows", std::to_string(period.rows));
        if (withTarget)
            line("*", "labelled_rows", std::to_string(period.labelledRows));
        if (performance.aucEvidence)
            line("*", "auc", csvNumber(performance.auc.value_or(undefined)));
        if (performance.errorEvidence) {
            line("*", "rmse", csvNumber(performance.rmse.value_or(undefined)));
            line("*", "mae", csvNumber(performance.mae.value_or(undefined)));
            line("*", "bias", csvNumber(performance.bias.value_or(undefined)));
        }
        for (const DriftColumn &column : report.columns) {
            line(column.name, "n", std::to_string(column.periods[i].currentRows));
            line(column.name, "missing", std::to_string(column.periods[i].currentMissing));
            for (const SpecialCount &special : column.periods[i].special)
                line(column.name, csvField("special " + special.value), std::to_string(special.current));
            for (const StatisticValue &statistic : column.periods[i].statistics)
                line(column.name, statistic.key, csvNumber(statistic.value));
            for (const ToolValue &value : column.periods[i].asTools)
                line(column.name, value.tool + '_' + value.statistic, csvNumber(value.value));
        }
        writeOutcomes(line, OutcomeView(period));
    }
}

void requirePeriodsAfter(std::uint64_t first, std::size_t periods)
{
    if (first == 0 || first < periods)
        return;
    const std::string number = std::to_string(periods);
    throw Exception(ErrorCode::InvalidInput,
                    "The log has " + number + (periods == 1 ? " period" : " periods") + ": with --reference-periods " +
                        std::to_string(first) + " none is left to compare.",
                    periods > 1 ? "Ask for at most " + std::to_string(periods - 1) + ", or for shorter periods."
                                : "Ask for shorter periods, or name another file as the reference.");
}

} // namespace

void DriftCommand::configure(CLI::App &app)
{
    app.add_option(
        "log", m_logs,
        "Scoring log: CSV, TSV or the like, plain, gzip or zstd; Parquet; several files or a folder of them, "
        "read as one log; or a profile, the counts of one by bin. With --odbc there is none");
    app.add_option("--time", m_time, "Column with the date; not needed for --period rows:N");
    app.add_option("--period", m_period, "month, week, day, year or rows:N")->capture_default_str();
    auto *until = app.add_option("--reference-until", m_until,
                                 "The reference is every row up to and including this day, month or year");
    app.add_option("--reference-from", m_from, "With --reference-until: from this day, month or year on")->needs(until);
    auto *first = app.add_option("--reference-periods", m_firstPeriods, "The reference is the first N periods")
                      ->check(CLI::PositiveNumber);
    app.add_option("--reference", m_reference,
                   "The reference is another file with the same columns; or " + std::string(yearBefore) +
                       ": each period is compared with the one a year before it")
        ->excludes(until)
        ->excludes(first);
    until->excludes(first);
    app.add_option("--score", m_score, "Score or probability column: AUC with a target of two values");
    app.add_option("--prediction", m_prediction, "Predicted value column: RMSE with a numeric target");
    app.add_option("--target", m_target, "Actual outcome column; empty where not yet known");
    app.add_option(
        "--positive", m_positive,
        "The target value that is the event; if not given the one named so (default, bad, yes ...), else the larger");
    app.add_option("--threshold", m_threshold, "Rows with a score at or over it are taken for events")
        ->capture_default_str();
    app.add_option("--groups", m_groups, "Column of groups of people, for fairness; may be given again")
        ->allow_extra_args(false);
    app.add_option("--comparison-group", m_comparisonGroups,
                   "COLUMN=GROUP that the others are compared with; else the largest of the reference")
        ->allow_extra_args(false);
    app.add_option("--favourable", m_favourable,
                   "Which decision is favourable for people: a score at or above the threshold, or one below it")
        ->check(CLI::IsMember({"above", "below"}))
        ->capture_default_str();
    app.add_option("--grade", m_grade, "Rating grade column: event rates are tested by these grades");
    app.add_option("--segment", m_segment, "COLUMN=VALUE: only these rows");
    app.add_option("--column", m_columns, "Only this column; may be given again")->allow_extra_args(false);
    app.add_option("--type", m_types, "NAME=numeric or NAME=categorical; may be given again")->allow_extra_args(false);
    addSpecialOption(app, m_special);
    app.add_option("--bins", m_bins, "deciles of the reference, or range: deciles with bins below and above it")
        ->check(CLI::IsMember({"deciles", "range"}))
        ->capture_default_str();
    addToolsOption(app, m_tools);
    app.add_flag("--all-statistics", m_allStatistics,
                 "Also the statistics that go through all values once more, as compare prints them");
    m_dialect.configure(app);
    m_database.configure(app);
    app.add_option("--threads", m_threads, "Threads; 0: as many as processors, at most 8")->capture_default_str();
    app.add_flag("--no-cache", m_noCache,
                 "Read the whole log, and keep nothing of it in the user's cache folder for a quicker second look");
    app.add_option("--format", m_format, "json, csv, or profile: the counts by bin alone, to be compared elsewhere")
        ->check(CLI::IsMember({"json", "csv", "profile"}))
        ->capture_default_str();
}

DriftRequest DriftCommand::request() const
{
    DriftRequest request;
    request.sql = m_database.source();
    if (m_logs.empty() != request.sql.has_value())
        throw UsageError("name a scoring log, or a database with --odbc and --table or --query.");
    if (!request.sql) {
        request.path = m_logs.front();
        request.morePaths.assign(m_logs.begin() + 1, m_logs.end());
        request.dialect = m_dialect.dialect();
    }
    const bool profile = !request.sql && isProfileLog(request.path, request.morePaths, request.dialect, {});
    std::tie(request.period, request.rowsPerPeriod) = parsePeriod(m_period);
    if (!profile && m_time.empty() && (request.period != PeriodKind::Rows || !m_until.empty()))
        throw UsageError("--time COLUMN is needed for periods or a reference by date.");
    if (!m_until.empty())
        request.reference.until = parseLastDay("--reference-until", m_until);
    if (!m_from.empty())
        request.reference.from = parseFirstDay("--reference-from", m_from);
    if (request.reference.from && *request.reference.from > *request.reference.until)
        throw UsageError("--reference-from " + m_from + " lies after --reference-until " + m_until + ".");
    request.reference.samePeriodLastYear = m_reference == yearBefore;
    if (!request.reference.samePeriodLastYear)
        request.reference.path = m_reference;
    request.reference.firstPeriods = m_firstPeriods;
    const bool otherTable = request.sql && !request.sql->referenceQuery.empty();
    if (!profile && m_until.empty() && m_reference.empty() && m_firstPeriods == 0 && !otherTable)
        throw UsageError("one of --reference-until, --reference-periods and --reference is needed.");

    ColumnRoles &roles = request.roles;
    roles.time = m_time;
    roles.score = m_score;
    roles.prediction = m_prediction;
    roles.target = m_target;
    roles.positive = m_positive;
    roles.features = m_columns;
    roles.groups = m_groups;
    roles.grade = m_grade;
    if (!std::isfinite(m_threshold))
        throw UsageError("--threshold: expected a finite number.");
    request.decision.threshold = m_threshold;
    request.decision.favourable = m_favourable == "above" ? FavourableDecision::AtOrOver : FavourableDecision::Under;
    for (const std::string &text : m_comparisonGroups) {
        const auto [column, group] = parseAssignment("--comparison-group", text);
        if (std::find(m_groups.begin(), m_groups.end(), column) == m_groups.end())
            throw UsageError("--comparison-group " + text + ": \"" + column + "\" is not among the --groups.");
        request.decision.comparisonGroups.insert_or_assign(column, group);
    }
    if (!m_segment.empty())
        std::tie(roles.segment, request.segmentValue) = parseAssignment("--segment", m_segment);
    for (const auto &[name, type] : parseTypes(m_types))
        (type == ColumnType::Numeric ? roles.numeric : roles.categorical).insert(name);
    roles.special = parseSpecial(m_special);
    request.bins = parseBins(m_bins);
    if (m_allStatistics && (profile || request.sql || m_format == "profile"))
        throw UsageError("--all-statistics needs the rows of files: a profile or a database gives counts alone.");
    if (!m_tools.empty() && (profile || request.sql || m_format == "profile"))
        throw UsageError("--as needs the rows of files: a profile or a database gives counts alone.");
    request.asTools = m_tools;
    request.statistics = m_allStatistics ? MetricExtent::All : MetricExtent::Usual;
    return request;
}

ExitCode DriftCommand::run(std::ostream &out, std::ostream &err)
{
    RunOptions options;
    options.threads = m_threads;
    if (!m_noCache)
        options.cacheFolder = (userCacheFolder() / "logs").string();
    options.databasePassword = m_database.password();
    if (m_format == "profile") {
        const RunResult result = countersign::run(settingsOf(request()), {}, {}, options);
        for (const std::string &warning : result.warnings)
            err << "Note: " << warning << '\n';
        out << profileOf(result);
        return Success;
    }
    const DriftReport report = driftOverTime(request(), {}, options);
    requirePeriodsAfter(m_firstPeriods, report.periods.size());
    for (const std::string &remark : report.remarks)
        err << "Note: " << remark << '\n';
    m_format == "csv" ? writeCsv(out, report, !m_target.empty()) : writeJson(out, report, !m_target.empty());
    return Success;
}

} // namespace countersign::cli
