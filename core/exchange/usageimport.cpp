// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/usageimport.h"

#include "core/base/csv.h"
#include "core/domain/text.h"
#include "core/domain/transition.h"

#include <charconv>
#include <set>
#include <tuple>
#include <unordered_map>

namespace countersign {

namespace {

struct UsageColumn
{
    ImportField field;
    std::vector<std::string> synonyms; ///< as headingKey gives them
};

const std::vector<UsageColumn> &usageColumns()
{
    static const std::vector<UsageColumn> columns{
        {{"model", "Model", true, "Reference, name or id of the model"},
         {"modelid", "reference", "modelreference", "modelname", "externalid", "ref", "id", "name"}},
        {{"version", "Version", false, "Label of the version; empty: the one in production"},
         {"modelversion", "versionlabel", "release"}},
        {{"service", "Service", false, "Name of the service; empty: the name of the model"},
         {"endpoint", "servicename", "application", "system", "deployment"}},
        {{"period", "Period", false, "2026, 2026-Q1, 2026-03, 2026-W10 or a day"},
         {"month", "week", "quarter", "year", "date", "day"}},
        {{"from", "First day", false, "First day of the period, where there is no column for it as a whole"},
         {"from", "start", "startdate", "fromdate", "periodstart"}},
        {{"until", "Last day", false, "Last day of the period; empty: the first day alone"},
         {"until", "to", "end", "enddate", "todate", "periodend"}},
        {{"predictions", "Predictions", true, "Calls that were answered"},
         {"predictioncount", "predictionsmade", "calls", "requests", "scores", "count", "answered", "successes"}},
        {{"failures", "Failures", false, "Calls that failed"},
         {"failed", "errors", "failurecount", "failedcalls", "errorcount"}},
        {{"reason", "Reason of failure", false, "Why they failed; one row for each reason"},
         {"why", "failurereason", "error", "errorreason", "cause"}},
        {{"lastUsedOn", "Last used on", false, "Day of the last call"}, {"lastused", "lastcall", "lastuse"}},
    };
    return columns;
}

std::optional<std::int64_t> wholeNumber(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || code != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

/// Throws InvalidInput.
std::int64_t readCount(const std::string &text)
{
    const auto value = wholeNumber(text);
    if (!value)
        throw Exception(ErrorCode::InvalidInput, "\"" + text + "\" is not a whole number.");
    if (*value < 0)
        throw Exception(ErrorCode::InvalidInput, text + " is negative; a count is 0 or more.");
    return *value;
}

std::pair<Date, Date> monthsFrom(int year, unsigned month, unsigned count)
{
    const auto first = std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(1);
    const Date from{first};
    return {from, Date(first + std::chrono::months(count)) - std::chrono::days(1)};
}

/// Throws InvalidInput.
std::pair<Date, Date> readPeriod(const std::string &text)
{
    const auto number = [&](std::size_t at, std::size_t length) {
        return wholeNumber(std::string_view(text).substr(at, length));
    };
    const auto year = text.size() >= 4 ? number(0, 4) : std::nullopt;
    if (year && *year >= 1900 && *year <= 9999) {
        const auto y = static_cast<int>(*year);
        if (text.size() == 4)
            return monthsFrom(y, 1, 12);
        const auto letter = text.size() == 7 || text.size() == 8 ? text[5] : '\0';
        if (text.size() == 7 && text[4] == '-' && (letter == 'Q' || letter == 'q'))
            if (const auto quarter = number(6, 1); quarter && *quarter >= 1 && *quarter <= 4)
                return monthsFrom(y, static_cast<unsigned>(*quarter) * 3 - 2, 3);
        if (text.size() == 8 && text[4] == '-' && (letter == 'W' || letter == 'w'))
            if (const auto week = number(6, 2); week && *week >= 1)
                if (const auto monday = mondayOfIsoWeek(y, static_cast<int>(*week)))
                    return {*monday, *monday + std::chrono::days(6)};
        if (text.size() == 7 && text[4] == '-')
            if (const auto month = number(5, 2); month && *month >= 1 && *month <= 12)
                return monthsFrom(y, static_cast<unsigned>(*month), 1);
    }
    try {
        const auto day = readDay(text);
        return {day, day};
    } catch (const Exception &) {
        throw Exception(ErrorCode::InvalidInput,
                        "\"" + text + "\" is no period: write 2026, 2026-Q1, 2026-03, 2026-W10 or a day.");
    }
}

std::string headings(const TextTable &table)
{
    std::string all;
    for (const auto &heading : table.header)
        all += (all.empty() ? "\"" : ", \"") + heading + "\"";
    return all;
}

std::string inWords(const UsageReport &report)
{
    return toString(report.from) + " to " + toString(report.until);
}

bool sameNumbers(const UsageReport &a, const UsageReport &b)
{
    std::map<std::string, std::int64_t> ofA;
    std::map<std::string, std::int64_t> ofB;
    for (const auto &failure : a.failures)
        ofA[failure.reason] += failure.count;
    for (const auto &failure : b.failures)
        ofB[failure.reason] += failure.count;
    return a.predictions == b.predictions && ofA == ofB && (!a.lastUsedOn || a.lastUsedOn == b.lastUsedOn);
}

/// Reads the rows in turn; what an earlier row reports is known to the later ones.
class UsageReader
{
public:
    UsageReader(const TextTable &table, const ImportMapping &mapping, const Registry &registry, Date today)
        : m_table(table)
        , m_mapping(mapping)
        , m_registry(registry)
        , m_today(today)
    {
        for (const auto &[id, model] : registry.models) {
            m_byReference.emplace(foldedName(model.reference), &model);
            m_byName[foldedName(model.name)].push_back(&model);
        }
        for (const auto &[id, version] : registry.versions)
            m_versions[version.model].push_back(&version);
        for (const auto &[id, usage] : registry.usages)
            if (usage.open) {
                m_recorded.emplace(keyOf(usage), &usage);
                m_periods[serviceOf(usage)].emplace_back(usage.from, usage.until);
            }
    }

    UsagePlan read()
    {
        UsagePlan plan;
        plan.unmappedColumns = unmappedColumns(m_table, m_mapping);
        plan.rows.reserve(m_table.rows.size());
        for (std::size_t i = 0; i < m_table.rows.size(); ++i) {
            m_cells = &m_table.rows[i];
            plan.rows.push_back({});
            plan.rows.back().line = m_table.lines[i];
            row(plan.rows.back(), plan.rows);
        }
        for (auto &each : plan.rows)
            settle(each, plan.rows);
        for (const auto &[line, what] : m_table.misshapen) {
            UsageRow misshapen;
            misshapen.line = line;
            misshapen.state = UsageRowState::bad;
            misshapen.errors.push_back("It has " + what + ".");
            plan.rows.push_back(std::move(misshapen));
        }
        std::ranges::stable_sort(plan.rows, {}, &UsageRow::line);
        return plan;
    }

private:
    using Service = std::pair<VersionId, std::string>;
    using Key = std::tuple<VersionId, std::string, Date, Date>;

    static Service serviceOf(const UsageReport &report) { return {report.version, foldedName(report.title)}; }
    static Key keyOf(const UsageReport &report)
    {
        return {report.version, foldedName(report.title), report.from, report.until};
    }

    [[nodiscard]] std::string cell(const char *field) const
    {
        const auto at = m_mapping.find(field);
        return at == m_mapping.end() ? std::string() : trimmedCell(withoutDefusing((*m_cells)[at->second]));
    }

    /// Runs `read`; what it throws is an error of the row, headed by the title of the field.
    template <class F>
    static void field(UsageRow &row, const char *title, F &&read)
    {
        try {
            read();
        } catch (const Exception &exception) {
            row.errors.push_back(std::string(title) + ": " + exception.error().what);
        }
    }

    void row(UsageRow &row, std::vector<UsageRow> &rows)
    {
        auto &report = row.report;
        const auto *of = model(row);
        if (of)
            version(row, *of);
        report.title = cell("service");
        if (report.title.empty() && of)
            report.title = of->name;
        field(row, "Period", [&] { days(report); });
        if (const auto text = cell("predictions"); !text.empty())
            field(row, "Predictions", [&] { report.predictions = readCount(text); });
        field(row, "Failures", [&] { failures(report); });
        if (const auto text = cell("lastUsedOn"); !text.empty())
            field(row, "Last used on", [&] { report.lastUsedOn = readDay(text); });
        const bool onlyFailures = cell("predictions").empty();
        if (!row.errors.empty() || join(row, rows, onlyFailures))
            return;
        if (onlyFailures)
            row.errors.emplace_back("Predictions is missing.");
    }

    const Model *model(UsageRow &row) const
    {
        row.model = cell("model");
        if (row.model.empty()) {
            row.errors.emplace_back("Model is missing.");
            return nullptr;
        }
        const auto key = foldedName(row.model);
        const Model *found = nullptr;
        if (const auto at = m_byReference.find(key); at != m_byReference.end())
            found = at->second;
        else if (const auto named = m_byName.find(key); named != m_byName.end()) {
            if (named->second.size() > 1) {
                row.errors.push_back("Model: " + std::to_string(named->second.size()) + " models are called \"" +
                                     row.model + "\"; write the reference.");
                return nullptr;
            }
            found = named->second.front();
        } else if (const auto byId = m_registry.models.find(ModelId(row.model)); byId != m_registry.models.end()) {
            found = &byId->second;
        }
        if (!found) {
            row.errors.push_back("Model: the inventory has no model \"" + row.model + "\".");
            return nullptr;
        }
        row.model = titleOf(*found);
        if (found->stage == Stage::retired) {
            row.errors.push_back("Model: " + row.model + " is retired and takes no usage reports.");
            return nullptr;
        }
        row.report.model = found->id;
        return found;
    }

    void version(UsageRow &row, const Model &of) const
    {
        row.version = cell("version");
        const auto there = m_versions.find(of.id);
        const ModelVersion *found = nullptr;
        if (there != m_versions.end())
            for (const auto *each : there->second)
                if (row.version.empty() ? each->stage == VersionStage::inProduction
                                        : sameName(each->label, row.version))
                    found = each;
        if (!found && row.version.empty() && there != m_versions.end() && there->second.size() == 1)
            found = there->second.front();
        if (found) {
            row.version = found->label;
            row.report.version = found->id;
        } else if (row.version.empty()) {
            row.errors.push_back("Version: none is in production; write which one was called.");
        } else {
            row.errors.push_back("Version: the model has no version \"" + row.version + "\".");
        }
    }

    void days(UsageReport &report) const
    {
        const auto period = cell("period");
        const auto from = cell("from");
        const auto until = cell("until");
        if (!from.empty()) {
            report.from = readDay(from);
            report.until = until.empty() ? report.from : readDay(until);
        } else if (!period.empty()) {
            std::tie(report.from, report.until) = readPeriod(period);
        } else {
            throw Exception(ErrorCode::InvalidInput, "it is missing.");
        }
        if (report.until < report.from)
            throw Exception(ErrorCode::InvalidInput, inWords(report) + " ends before it begins.");
        if (report.until > m_today)
            throw Exception(ErrorCode::InvalidInput,
                            inWords(report) + " is not over yet; give its days up to today, or report it later.");
    }

    void failures(UsageReport &report) const
    {
        const auto text = cell("failures");
        const auto reason = cell("reason");
        const auto failed = text.empty() ? 0 : readCount(text);
        if (failed > 0)
            report.failures.push_back({reason.empty() ? "Not stated" : reason, failed});
        else if (!reason.empty() && text.empty())
            throw Exception(ErrorCode::InvalidInput, "a reason is given, but no count.");
    }

    /// Looks for a row above with the same service and period. True when this one is dealt with.
    bool join(UsageRow &row, std::vector<UsageRow> &rows, bool onlyFailures)
    {
        const auto [first, isNew] = m_lines.emplace(keyOf(row.report), rows.size() - 1);
        if (isNew)
            return false;
        auto &above = rows[first->second];
        const auto knows = [&](const std::string &reason) {
            return std::ranges::find(above.report.failures, reason, &UsageFailure::reason) !=
                   above.report.failures.end();
        };
        if (!onlyFailures || row.report.failures.empty() || knows(row.report.failures.front().reason)) {
            row.errors.push_back("Period: " + inWords(row.report) + " of " + row.model + ", version " + row.version +
                                 " is on line " + std::to_string(above.line) + " already.");
            return true;
        }
        row.state = UsageRowState::joined;
        row.warnings.push_back("Belongs to the report of line " + std::to_string(above.line) + ".");
        above.report.failures.push_back(row.report.failures.front());
        return true;
    }

    /// What needs all rows to be read: the register's own rules, what is recorded already, periods that overlap.
    void settle(UsageRow &row, const std::vector<UsageRow> &rows)
    {
        if (row.errors.empty() && row.state == UsageRowState::joined) {
            if (const auto &above = rows[m_lines.at(keyOf(row.report))]; !above.errors.empty())
                row.errors.push_back("The report of line " + std::to_string(above.line) + " is at fault.");
        } else if (row.errors.empty()) {
            recorded(row);
            if (row.errors.empty())
                checkAsRecorded(row);
        }
        if (!row.errors.empty())
            row.state = UsageRowState::bad;
    }

    void recorded(UsageRow &row)
    {
        const auto there = m_recorded.find(keyOf(row.report));
        if (there != m_recorded.end()) {
            if (sameNumbers(row.report, *there->second)) {
                row.state = UsageRowState::known;
                row.warnings.emplace_back("In the register already.");
            } else {
                row.errors.push_back("Period: " + inWords(row.report) + " is reported with other numbers already: " +
                                     std::to_string(there->second->predictions) + " predictions, " +
                                     std::to_string(there->second->failed()) +
                                     " failures. Correct that report, or take it back first.");
            }
            return;
        }
        auto &periods = m_periods[serviceOf(row.report)];
        for (const auto &[from, until] : periods)
            if (from <= row.report.until && row.report.from <= until) {
                row.warnings.push_back("Overlaps with the report of " + toString(from) + " to " + toString(until) +
                                       ".");
                break;
            }
        periods.emplace_back(row.report.from, row.report.until);
    }

    /// So that what the preview accepts is accepted at the import too.
    void checkAsRecorded(UsageRow &row) const
    {
        static const UserId importer("importer");
        Registry small;
        small.users.emplace(importer, User{importer, "importer", {}, {}, {}, true, -1});
        small.models.emplace(row.report.model, m_registry.models.at(row.report.model));
        small.versions.emplace(row.report.version, m_registry.versions.at(row.report.version));
        auto report = row.report;
        report.id = UsageId("row");
        try {
            checkConsistent(small, {1, UtcTime(m_today), importer, {UsageRecorded{report}}});
        } catch (const Exception &exception) {
            row.errors.push_back(exception.error().what);
        }
    }

    const TextTable &m_table;
    const ImportMapping &m_mapping;
    const Registry &m_registry;
    Date m_today;
    const std::vector<std::string> *m_cells = nullptr;
    std::unordered_map<std::string, const Model *> m_byReference;
    std::unordered_map<std::string, std::vector<const Model *>> m_byName;
    std::unordered_map<ModelId, std::vector<const ModelVersion *>> m_versions;
    std::map<Key, const UsageReport *> m_recorded;
    std::map<Service, std::vector<std::pair<Date, Date>>> m_periods;
    std::map<Key, std::size_t> m_lines; ///< index of the first row of each report
};

} // namespace

std::int64_t UsagePlan::count(UsageRowState state) const
{
    return std::ranges::count(rows, state, &UsageRow::state);
}

std::vector<UsageReport> UsagePlan::reports() const
{
    std::vector<UsageReport> good;
    for (const auto &row : rows)
        if (row.state == UsageRowState::good)
            good.push_back(row.report);
    return good;
}

const std::vector<ImportField> &usageFields()
{
    static const std::vector<ImportField> fields = [] {
        std::vector<ImportField> all;
        for (const auto &column : usageColumns())
            all.push_back(column.field);
        return all;
    }();
    return fields;
}

ImportMapping guessUsageMapping(const std::vector<std::string> &header)
{
    return guessColumns(header, usageColumns());
}

std::vector<std::string> missingUsageFields(const ImportMapping &mapping)
{
    std::vector<std::string> missing;
    for (const auto &field : usageFields())
        if (field.required && !mapping.contains(field.name))
            missing.push_back(field.title);
    if (!mapping.contains("period") && !mapping.contains("from"))
        missing.emplace_back("Period or First day");
    return missing;
}

UsagePlan planUsage(const TextTable &table, const ImportMapping &mapping, const Registry &registry, Date today)
{
    if (const auto missing = missingUsageFields(mapping); !missing.empty())
        throw Exception(ErrorCode::InvalidInput,
                        "No column of " + table.source + " is chosen for " + missing.front() +
                            "; its headings are: " + headings(table) + ".",
                        "Choose the column (on the command line with --column FIELD=HEADING): every row needs a model, "
                        "a period and a number of predictions.");
    return UsageReader(table, mapping, registry, today).read();
}

std::string usageReportCsv(const UsagePlan &plan, bool imported)
{
    const auto result = [imported](UsageRowState state) {
        switch (state) {
        case UsageRowState::good:
            return imported ? "imported" : "good, not imported";
        case UsageRowState::known:
            return "in the register already";
        case UsageRowState::joined:
            return "part of a row above";
        case UsageRowState::bad:
            break;
        }
        return "at fault";
    };
    std::string csv = csvLine({"Line", "Model", "Version", "From", "Until", "Result", "Reason"});
    for (const auto &row : plan.rows) {
        std::string why;
        for (const auto &text : row.errors.empty() ? row.warnings : row.errors)
            why += (why.empty() ? "" : " ") + text;
        const bool dated = row.report.from != Date();
        csv += csvLine({std::to_string(row.line), row.model, row.version,
                        dated ? toString(row.report.from) : std::string(),
                        dated ? toString(row.report.until) : std::string(), result(row.state), why});
    }
    return csv;
}

} // namespace countersign
