// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/roleguess.h"

#include "core/monitoring/outcome.h"

#include <algorithm>
#include <boost/algorithm/string/case_conv.hpp>
#include <cctype>
#include <initializer_list>
#include <set>
#include <string_view>

namespace countersign {

namespace {

/// The first name, in order of preference, whose column is suitable and not yet taken.
class RoleGuesser
{
public:
    RoleGuesser(const std::vector<PreviewColumn> &columns, const std::vector<ColumnFacts> &facts)
        : m_columns(columns)
        , m_facts(facts)
    {
    }

    template <class Suitable>
    [[nodiscard]] std::string pick(std::initializer_list<std::string_view> words, Suitable suitable)
    {
        constexpr std::size_t tooShortToContain = 4; // "ts" or "y" stand in many names
        for (const bool exact : {true, false}) {
            for (const std::string_view word : words) {
                if (!exact && !word.empty() && word.size() < tooShortToContain)
                    continue;
                for (std::size_t i = 0; i < m_columns.size(); ++i) {
                    const std::string name = boost::to_lower_copy(m_columns[i].name);
                    const bool named = exact ? name == word : name.find(word) != std::string::npos;
                    if (named && !m_taken.contains(m_columns[i].name) && suitable(m_columns[i], m_facts[i])) {
                        m_taken.insert(m_columns[i].name);
                        return m_columns[i].name;
                    }
                }
            }
        }
        return {};
    }

    void take(const std::string &column) { m_taken.insert(column); }

private:
    const std::vector<PreviewColumn> &m_columns;
    const std::vector<ColumnFacts> &m_facts;
    std::set<std::string> m_taken;
};

/// "risk_grade" ends in the word "grade"; "upgrade" does not.
bool endsInWord(const std::string &name, std::initializer_list<std::string_view> words)
{
    const std::string lower = boost::to_lower_copy(name);
    return std::any_of(words.begin(), words.end(), [&lower](std::string_view word) {
        if (!lower.ends_with(word))
            return false;
        const std::size_t before = lower.size() - word.size();
        return before == 0 || std::isalpha(static_cast<unsigned char>(lower[before - 1])) == 0;
    });
}

/// The column of two texts one of which is a word for an outcome, where there is but one such.
std::string onlyOutcomeByValues(const std::vector<PreviewColumn> &columns)
{
    std::string only;
    for (const PreviewColumn &column : columns) {
        if (column.type != ColumnType::Categorical || column.isTime || column.values.size() != 2 ||
            namesOutcome(column.values[0]) == namesOutcome(column.values[1]))
            continue;
        if (!only.empty())
            return {};
        only = column.name;
    }
    return only;
}

} // namespace

ColumnRoles guessRoles(const std::vector<PreviewColumn> &columns, const std::vector<ColumnFacts> &facts)
{
    RoleGuesser guesser(columns, facts);
    const auto isTime = [](const PreviewColumn &column, const ColumnFacts &) { return column.isTime; };
    const auto isUnit = [](const PreviewColumn &, const ColumnFacts &f) { return f.inUnitInterval && !f.binary; };
    const auto isNumber = [](const PreviewColumn &column, const ColumnFacts &) {
        return column.type == ColumnType::Numeric && !column.isTime;
    };
    const auto isOutcome = [](const PreviewColumn &column, const ColumnFacts &f) {
        return !column.isTime && (column.type == ColumnType::Numeric || f.binary);
    };
    const auto isSegment = [](const PreviewColumn &column, const ColumnFacts &f) {
        return !column.isTime && f.distinct >= 2 && f.distinct <= 50;
    };
    ColumnRoles roles;
    roles.time = guesser.pick({"timestamp", "scored_at", "ts", "date", "time", "month", "year", ""}, isTime);
    roles.target = guesser.pick({"target", "actual", "label", "outcome", "default", "y", "y_true"}, isOutcome);
    if (roles.target.empty())
        roles.target = onlyOutcomeByValues(columns);
    guesser.take(roles.target);
    roles.score = guesser.pick({"score", "predicted_probability", "probability", "prob", "pd", "y_score"}, isUnit);
    if (roles.score.empty())
        roles.score = guesser.pick({"score"}, isNumber);
    roles.prediction = guesser.pick({"prediction", "predicted", "forecast", "y_pred"}, isNumber);
    roles.segment = guesser.pick({"segment", "portfolio", "region", "channel"}, isSegment);
    const auto isGrade = [](const PreviewColumn &column, const ColumnFacts &f) {
        return !column.isTime && f.distinct >= 3 && f.distinct <= 30 && endsInWord(column.name, {"grade", "rating"});
    };
    if (!roles.score.empty() && !roles.target.empty())
        roles.grade = guesser.pick({"rating_grade", "risk_grade", "grade", "rating"}, isGrade);
    return roles;
}

bool looksLikeIdentifier(const PreviewColumn &column, const ColumnFacts &facts, std::uint64_t rows)
{
    constexpr std::uint64_t fewRows = 20;
    if (column.isTime || rows <= fewRows)
        return false;
    if (column.type == ColumnType::Categorical)
        return facts.distinct * 10 > rows * 9;
    const bool named = column.unnamed || endsInWord(column.name, {"id", "key", "number", "nr", "no", "index"});
    return facts.whole && facts.distinct > fewRows && facts.distinct + column.missing == rows &&
           (facts.running || named);
}

PeriodKind guessPeriod(const ColumnRoles &roles, const std::vector<PreviewColumn> &columns,
                       const std::vector<ColumnFacts> &facts, bool wholeLog)
{
    if (roles.time.empty())
        return PeriodKind::Rows;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].name != roles.time || !facts[i].firstDay || !facts[i].lastDay)
            continue;
        if (facts[i].years)
            return PeriodKind::Year;
        const auto days = (*facts[i].lastDay - *facts[i].firstDay).count();
        if (wholeLog && days > 6 * 366)
            return PeriodKind::Year;
        if (wholeLog && days < 21)
            return PeriodKind::Day;
    }
    return PeriodKind::Month;
}

} // namespace countersign
