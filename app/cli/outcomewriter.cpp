// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/outcomewriter.h"

#include "app/cli/monitoringoptions.h"
#include "core/base/json.h"
#include "core/monitoring/estimatefigures.h"
#include "core/monitoring/evaluation.h"
#include "core/monitoring/fairnessfigures.h"
#include "core/stats/undefined.h"

namespace countersign::cli {

namespace {

template <class Number>
void optionalMember(JsonWriter &json, std::string_view name, const std::optional<Number> &value)
{
    json.key(name);
    value ? json.value(*value) : json.null();
}

void writeFigure(JsonWriter &json, const Figure &figure)
{
    json.beginObject();
    optionalMember(json, "value", figure.value);
    optionalMember(json, "low", figure.low);
    optionalMember(json, "high", figure.high);
    json.endObject();
}

void writeFigures(JsonWriter &json, std::string_view name, const Figures &figures)
{
    json.key(name);
    json.beginObject();
    for (const auto &[key, figure] : figures) {
        json.key(key);
        writeFigure(json, figure);
    }
    json.endObject();
}

void writeGrades(JsonWriter &json, std::string_view name, const std::vector<GradeResult> &grades)
{
    json.key(name);
    json.beginArray();
    for (const GradeResult &grade : grades) {
        json.beginObject();
        if (!grade.name.empty())
            json.member("grade", grade.name);
        json.member("n", grade.n);
        json.member("events", grade.events);
        optionalMember(json, "mean_score", grade.meanScore);
        json.key("event_rate");
        writeFigure(json, grade.eventRate);
        optionalMember(json, "jeffreys_pvalue", grade.jeffreysPvalue);
        optionalMember(json, "binomial_pvalue", grade.binomialPvalue);
        json.key("traffic_light");
        grade.trafficLight ? json.value(enumName(*grade.trafficLight)) : json.null();
        json.endObject();
    }
    json.endArray();
}

void writeEstimate(JsonWriter &json, const PerformanceEstimate &estimate)
{
    json.key("estimate");
    json.beginObject();
    json.member("assumption", estimateAssumption());
    json.member("rows", estimate.evidence.n);
    json.member("labelled_rows", estimate.labelledEvidence ? estimate.labelledEvidence->n : 0);
    writeFigures(json, "figures", estimate.figures);
    writeFigures(json, "gaps", estimate.gaps);
    optionalMember(json, "gap_pvalue", estimate.gapPvalue);
    optionalMember(json, "gap_adjusted_pvalue", estimate.gapAdjustedPvalue);
    json.member("suspected_concept_drift", estimate.suspectedConceptDrift);
    json.member("reason", estimate.reason);
    json.endObject();
}

void writeFairness(JsonWriter &json, const FairnessResult &fairness)
{
    json.beginObject();
    json.member("column", fairness.column);
    json.member("comparison", fairness.comparison);
    json.member("rows_without_group", fairness.rowsWithoutGroup);
    json.key("groups");
    json.beginArray();
    for (const GroupFairness &people : fairness.groups) {
        json.beginObject();
        json.member("group", people.group);
        json.member("n", people.n);
        json.member("favourable", people.favourable);
        json.member("labelled_rows", people.confusion.n());
        json.member("events", people.events);
        writeFigures(json, "figures", people.figures);
        json.endObject();
    }
    json.endArray();
    json.endObject();
}

void writeQuality(JsonWriter &json, const DataQuality &quality)
{
    json.key("quality");
    json.beginObject();
    optionalMember(json, "duplicate_rows", quality.duplicateRows);
    optionalMember(json, "duplicate_rate", quality.duplicateRate);
    optionalMember(json, "expected_rows", quality.expectedRows);
    optionalMember(json, "least_expected_rows", quality.leastExpectedRows);
    optionalMember(json, "most_expected_rows", quality.mostExpectedRows);
    optionalMember(json, "arrived_share", quality.arrivedShare);
    json.endObject();
}

void lineOf(const CsvLine &line, std::string_view column, const std::string &name, const std::optional<double> &value)
{
    line(column, name, csvNumber(value.value_or(undefined)));
}

void linesOf(const CsvLine &line, std::string_view column, const std::string &prefix, const Figures &figures)
{
    for (const auto &[name, figure] : figures) {
        lineOf(line, column, prefix + name, figure.value);
        if (figure.low && figure.high) {
            lineOf(line, column, prefix + name + "_low", figure.low);
            lineOf(line, column, prefix + name + "_high", figure.high);
        }
    }
}

} // namespace

void writeOutcomes(JsonWriter &json, const OutcomeView &view)
{
    if (!view.performance.figures.empty()) {
        json.key("performance");
        json.beginObject();
        writeFigures(json, "figures", view.performance.figures);
        writeGrades(json, "grades", view.performance.grades);
        writeGrades(json, "reliability", view.performance.reliability);
        json.endObject();
    }
    if (view.estimate)
        writeEstimate(json, *view.estimate);
    if (!view.fairness.empty()) {
        json.key("fairness");
        json.beginArray();
        for (const FairnessResult &fairness : view.fairness)
            writeFairness(json, fairness);
        json.endArray();
    }
    writeQuality(json, view.quality);
}

void writeOutcomeDefinitions(JsonWriter &json)
{
    const auto definitions = runDefinitions();
    json.key("definitions");
    json.beginObject();
    json.key("performance");
    json.beginObject();
    for (const auto &infos : {scoreFigureInfos(), regressionFigureInfos()})
        for (const FigureInfo &info : infos)
            json.member(info.name, definitions.at(std::string(info.name)));
    json.endObject();
    json.member("estimate", definitions.at("estimate"));
    json.member("gap", definitions.at("gap"));
    json.member("fairness", definitions.at("fairness"));
    json.member("duplicate_rate", definitions.at("duplicateRate"));
    json.member("expected_rows", definitions.at("expectedRows"));
    json.member("arrived_share", definitions.at("arrivedShare"));
    json.endObject();
}

void writeOutcomes(const CsvLine &line, const OutcomeView &view)
{
    constexpr std::string_view period = "*";
    linesOf(line, period, {}, view.performance.figures);
    if (view.estimate) {
        linesOf(line, period, "estimated_", view.estimate->figures);
        linesOf(line, period, "gap_", view.estimate->gaps);
        if (view.estimate->gapPvalue) {
            lineOf(line, period, "gap_pvalue", view.estimate->gapPvalue);
            lineOf(line, period, "gap_adjusted_pvalue", view.estimate->gapAdjustedPvalue);
            line(period, "suspected_concept_drift", view.estimate->suspectedConceptDrift ? "1" : "0");
        }
    }
    for (const FairnessResult &fairness : view.fairness) {
        for (const GroupFairness &people : fairness.groups) {
            const std::string column = fairness.column + "=" + people.group;
            line(column, "n", std::to_string(people.n));
            line(column, "favourable", std::to_string(people.favourable));
            line(column, "labelled_rows", std::to_string(people.confusion.n()));
            line(column, "events", std::to_string(people.events));
            linesOf(line, column, {}, people.figures);
        }
    }
    const DataQuality &quality = view.quality;
    if (quality.duplicateRows) {
        line(period, "duplicate_rows", std::to_string(*quality.duplicateRows));
        lineOf(line, period, "duplicate_rate", quality.duplicateRate);
    }
    if (quality.expectedRows) {
        lineOf(line, period, "expected_rows", quality.expectedRows);
        lineOf(line, period, "arrived_share", quality.arrivedShare);
    }
}

} // namespace countersign::cli
