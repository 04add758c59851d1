// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/logselection.h"

#include "core/base/error.h"
#include "core/monitoring/mixedcolumns.h"
#include "core/monitoring/specialvalues.h"

#include <algorithm>
#include <numeric>

namespace countersign {

namespace {

ReadRequest requestFor(const std::string &path, const RunSettings &settings, const std::set<std::string> &asText)
{
    const ColumnRoles &roles = settings.roles;
    ReadRequest request;
    request.path = path;
    if (&path == &settings.path)
        request.morePaths = settings.morePaths;
    request.dialect = settings.dialect;
    request.timeColumn = roles.time;
    request.categorical = roles.categorical;
    request.numeric = roles.numeric;
    request.special = specialTextsToRead(roles.special, settings.dialect);
    request.categorical.insert(asText.begin(), asText.end());
    for (const std::string *name : {&roles.segment, &roles.grade})
        if (!name->empty())
            request.categorical.insert(*name);
    request.categorical.insert(roles.groups.begin(), roles.groups.end());
    for (const std::string *name :
         {&roles.time, &roles.score, &roles.prediction, &roles.target, &roles.segment, &roles.grade})
        request.unmistakable.insert(*name);
    for (const auto *names : {&roles.categorical, &roles.numeric})
        request.unmistakable.insert(names->begin(), names->end());
    request.unmistakable.insert(roles.groups.begin(), roles.groups.end());
    for (const std::string *name : {&roles.score, &roles.prediction})
        if (!name->empty() && !request.categorical.contains(*name))
            request.numeric.insert(*name);
    if (!roles.features.empty()) {
        request.wanted.emplace(roles.features.begin(), roles.features.end());
        for (const std::string *name : {&roles.score, &roles.prediction, &roles.target, &roles.segment, &roles.grade})
            if (!name->empty())
                request.wanted->insert(*name);
        request.wanted->insert(roles.groups.begin(), roles.groups.end());
    }
    return request;
}

bool hasColumn(const LogTable &table, const std::string &name)
{
    return std::any_of(table.columns.begin(), table.columns.end(), [&](const auto &c) { return c.name == name; });
}

bool holdsNothing(const LogTable &table, const std::string &name)
{
    return !hasColumn(table, name) || table.column(name).missing == table.rows;
}

} // namespace

LogSelection::LogSelection(const RunSettings &settings, const RunOptions &options, const CancelToken &cancel,
                           const Progress &progress)
    : m_memoryBytes(options.memoryBytes)
{
    checkSpecialValues(settings.roles);
    read(settings, options, cancel, progress);
    const ColumnRoles &roles = settings.roles;
    std::set<std::string> asText = roles.categorical;
    asText.insert(roles.groups.begin(), roles.groups.end());
    asText.insert(roles.segment);
    asText.insert(roles.grade);
    for (const LogTable *table : {&m_log, m_otherReference ? &*m_otherReference : nullptr}) {
        if (table == nullptr)
            continue;
        m_remarks.insert(m_remarks.end(), table->remarks.begin(), table->remarks.end());
        const auto mixed = remarksOnMixedColumns(*table, asText);
        m_remarks.insert(m_remarks.end(), mixed.begin(), mixed.end());
        const auto unreadable = remarksOnUnreadableCells(*table);
        m_remarks.insert(m_remarks.end(), unreadable.begin(), unreadable.end());
        requireDates(*table, roles.time);
    }
    if (!roles.target.empty())
        static_cast<void>(m_log.column(roles.target));
    for (const auto &[name, values] : roles.special)
        static_cast<void>(m_log.column(name));
    m_periods =
        cutPeriods(m_log, roles.time, settings.period, settings.rowsPerPeriod, roles.segment, settings.segmentValue);
    if (m_periods.rowsWithoutTime > 0)
        m_remarks.push_back(std::to_string(m_periods.rowsWithoutTime) + " rows have no time in column \"" + roles.time +
                            "\" and belong to no period.");
    chooseReference(settings);
    if (!roles.segment.empty() && settings.segmentValue)
        chooseReferenceOfAll(settings);
    chooseFeatures(roles);
    m_outcome = planOutcome(m_log, referenceLog(), roles);
    if (!m_outcome.remark.empty())
        m_remarks.push_back(m_outcome.remark);
}

void LogSelection::read(const RunSettings &settings, const RunOptions &options, const CancelToken &cancel,
                        const Progress &progress)
{
    const auto readAs = [&](const std::string &path, const std::set<std::string> &asText) {
        ReadRequest request = requestFor(path, settings, asText);
        request.cacheFolder = options.cacheFolder;
        request.memoryBytes = options.memoryBytes;
        return readLog(request, options.threads, cancel, progress);
    };
    m_log = readAs(settings.path, {});
    if (settings.reference.path.empty())
        return;
    m_otherReference = readAs(settings.reference.path, {});
    std::set<std::string> asText;
    const auto holdsTexts = [](CellKind kind) { return kind == CellKind::Category || kind == CellKind::Text; };
    for (const LogColumn &column : m_log.columns) {
        if (!hasColumn(*m_otherReference, column.name))
            continue;
        const CellKind other = m_otherReference->column(column.name).kind;
        if (other != column.kind && !(holdsTexts(other) && holdsTexts(column.kind)))
            asText.insert(column.name);
    }
    if (asText.empty())
        return;
    m_log = readAs(settings.path, asText);
    m_otherReference = readAs(settings.reference.path, asText);
}

unsigned LogSelection::columnsAtOnce(unsigned threads) const
{
    const auto rows = [](const RowGroups &groups) {
        return std::accumulate(groups.rows.begin(), groups.rows.end(), std::uint64_t{0});
    };
    const std::uint64_t column = sizeof(double) * (rows(m_periods.groups) + rows(m_reference));
    return static_cast<unsigned>(
        std::clamp<std::uint64_t>(m_memoryBytes / std::max<std::uint64_t>(column, 1), 1, threads));
}

void LogSelection::chooseReference(const RunSettings &settings)
{
    const ColumnRoles &roles = settings.roles;
    m_comparedWith.resize(m_periods.info.size());
    if (m_otherReference) {
        m_reference = allRows(*m_otherReference, roles.segment, settings.segmentValue);
        m_referenceLabel = m_otherReference->fileName;
        const bool dated = !roles.time.empty() && settings.period != PeriodKind::Rows &&
                           m_otherReference->column(roles.time).missing < m_otherReference->rows;
        if (dated)
            m_referencePeriodRows = cutPeriods(*m_otherReference, roles.time, settings.period, settings.rowsPerPeriod,
                                               roles.segment, settings.segmentValue)
                                        .groups.rows;
    } else {
        chooseRows(settings);
    }
    m_referenceSpan = spanOf(referenceLog(), roles.time, m_reference);

    m_inReference.assign(m_periods.info.size(), !m_otherReference);
    if (m_otherReference)
        return;
    for (std::size_t chunk = 0; chunk < m_log.chunkRows.size(); ++chunk) {
        for (std::size_t i = 0; i < m_log.chunkRows[chunk]; ++i) {
            const Group period = m_periods.groups.groupOfRow[chunk][i];
            if (period != noGroup && m_reference.groupOfRow[chunk][i] == noGroup)
                m_inReference[period] = false;
        }
    }
}

void LogSelection::chooseRows(const RunSettings &settings)
{
    const ReferenceChoice &choice = settings.reference;
    m_comparesYears = choice.samePeriodLastYear;
    if (m_comparesYears)
        m_comparedWith = periodsAYearBefore(m_periods.info, settings.period);
    m_reference = referenceIn(m_periods, settings);
    if (m_comparesYears) {
        m_referenceLabel = "same period last year";
        if (const auto remark = remarkOnYears(m_comparedWith); !remark.empty())
            m_remarks.push_back(remark);
        return;
    }
    const std::uint64_t first = std::max<std::uint64_t>(1, choice.firstPeriods);
    m_referenceLabel = choice.from    ? toString(*choice.from) + " to " + toString(*choice.until)
                       : choice.until ? "up to " + toString(*choice.until)
                       : first == 1   ? "first period"
                                      : "first " + std::to_string(first) + " periods";
}

/// Of a reference in the log itself.
RowGroups LogSelection::referenceIn(const Periods &periods, const RunSettings &settings) const
{
    const ReferenceChoice &choice = settings.reference;
    const std::string &time = settings.roles.time;
    return choice.samePeriodLastYear
               ? referenceRows(m_log, time, periods, {}, {}, periodsOfFirstYear(periods.info, settings.period))
               : referenceRows(m_log, time, periods, choice.from, choice.until,
                               std::max<std::uint64_t>(1, choice.firstPeriods));
}

void LogSelection::chooseReferenceOfAll(const RunSettings &settings)
{
    if (m_otherReference) {
        m_referenceOfAll = allRows(*m_otherReference);
        return;
    }
    m_referenceOfAll =
        referenceIn(cutPeriods(m_log, settings.roles.time, settings.period, settings.rowsPerPeriod), settings);
}

void LogSelection::chooseFeatures(const ColumnRoles &roles)
{
    if (!roles.features.empty()) {
        m_features = roles.features;
        return;
    }
    std::size_t leftOut = 0;
    for (const LogColumn &column : m_log.columns) {
        if (column.name == roles.time || column.name == roles.target || column.name == roles.segment)
            continue;
        const bool unnamed = m_log.unnamed.contains(column.name);
        if (unnamed && holdsNothing(m_log, column.name) && holdsNothing(referenceLog(), column.name)) {
            ++leftOut;
            continue;
        }
        if (unnamed)
            m_remarks.push_back("A column has no name and is called \"" + column.name + "\".");
        if (hasColumn(referenceLog(), column.name))
            m_features.push_back(column.name);
        else
            m_remarks.push_back("Column \"" + column.name + "\" is not in " + referenceLog().fileName +
                                " and is left out.");
    }
    if (leftOut > 0)
        m_remarks.push_back(leftOut == 1 ? std::string("A column without name and values is left out.")
                                         : std::to_string(leftOut) + " columns without name and values are left out.");
}

} // namespace countersign
