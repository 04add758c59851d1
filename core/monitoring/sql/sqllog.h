// SPDX-License-Identifier: GPL-3.0-or-later
//
// A scoring log in a database, cut into groups of rows: its periods, and the reference. Every question to the database
// is an aggregate query over these groups; no row of the log is ever fetched.
#pragma once

#include "core/monitoring/blockparser.h"
#include "core/monitoring/periods.h"
#include "core/monitoring/run.h"
#include "core/monitoring/sql/odbc.h"
#include "core/monitoring/sql/sqldialect.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace countersign {

struct SqlGroup
{
    PeriodInfo info;
    std::uint64_t rows = 0;
    bool inReference = false; ///< of a period: all of its rows belong to the reference
};

/// An expression over the columns of the log, under a name of its own.
struct SqlTerm
{
    std::string name;
    std::string expression;
};

/// The number of the reference in the column of groups that SqlLog::rows() gives; periods count from 0.
inline constexpr int sqlReference = -1;

class SqlLog
{
public:
    /// Connects, and counts the days. Throws Exception: Io, InvalidInput (a column that there is not, periods of rows,
    /// a reference in a file, a segment without rows), Cancelled.
    SqlLog(const RunSettings &settings, const std::string &password, const CancelToken &cancel);

    [[nodiscard]] const std::string &name() const { return m_name; } ///< "risk.scores in PostgreSQL"
    [[nodiscard]] const std::vector<SqlColumn> &columns() const { return m_columns; }
    [[nodiscard]] const std::vector<SqlGroup> &periods() const { return m_periods; }
    [[nodiscard]] const SqlGroup &reference() const { return m_reference; } ///< its label says what it is
    /// With ReferenceChoice::samePeriodLastYear: the period that this one is compared with, where there is one.
    [[nodiscard]] std::optional<std::size_t> comparedWith(std::size_t period) const { return m_comparedWith[period]; }
    [[nodiscard]] bool comparesYears() const { return m_settings.reference.samePeriodLastYear; }
    /// Rows of each period of a reference that is another table; empty where it is the same.
    [[nodiscard]] const std::vector<std::uint64_t> &referencePeriodRows() const { return m_referencePeriodRows; }
    [[nodiscard]] const std::vector<std::string> &remarks() const { return m_remarks; }
    [[nodiscard]] const SqlDialect &dialect() const { return m_dialect; }
    /// Columns to judge: those of the roles, or every one but time, target and segment that both sides have. What is
    /// left out is said in `remarks`.
    [[nodiscard]] std::vector<std::string> features(const ColumnRoles &roles, std::vector<std::string> &remarks) const;

    /// How a column is read. Throws Exception(InvalidInput) that lists the columns where there is none such.
    [[nodiscard]] CellKind kindOf(const std::string &column) const;
    /// As a number, NULL for NaN and the infinities and for texts that are none, and whether it is infinite, 1 or 0.
    [[nodiscard]] std::string number(const std::string &column) const;
    [[nodiscard]] std::string infinite(const std::string &column) const;
    /// As text, NULL for missing words that are no special values of the column.
    [[nodiscard]] std::string text(const std::string &column) const;

    /// Special values of a column, and their place among them where a row has one, else NULL; of a column read as
    /// numbers those that are numbers.
    [[nodiscard]] SpecialValues special(const std::string &column) const;
    [[nodiscard]] std::string specialPlace(const std::string &column) const;

    /// For each group, the reference last, the rows that repeat another one of it in every column: those of the roles,
    /// or all.
    [[nodiscard]] std::vector<std::uint64_t> duplicates() const;

    /// A query with column g, the group, and the terms: of the rows of all periods, of the reference, or of both.
    enum class Side { Periods, Reference, Both };
    [[nodiscard]] std::string rows(const std::vector<SqlTerm> &terms, Side side = Side::Both) const;
    /// An expression that is of(i) in the rows of period i, and of(number of periods) in those of the reference.
    template <class Of>
    [[nodiscard]] std::string byGroup(Of of) const
    {
        std::string text = "CASE g WHEN " + std::to_string(sqlReference) + " THEN " + of(m_periods.size());
        for (std::size_t i = 0; i < m_periods.size(); ++i)
            text += " WHEN " + std::to_string(i) + " THEN " + of(i);
        return text + " END";
    }
    /// At most `perGroup` rows for each group are expected.
    [[nodiscard]] std::vector<SqlRow> query(const std::string &sql, std::uint64_t perGroup) const;

    [[nodiscard]] const SqlTraffic &traffic() const { return m_connection.traffic(); }

private:
    struct Days
    {
        std::vector<std::pair<std::int32_t, std::uint64_t>> rows; ///< of each day
        std::uint64_t withoutTime = 0;
    };
    [[nodiscard]] Days countDays(const std::string &from) const;
    void requireColumns() const;
    [[nodiscard]] static std::vector<SqlGroup> cutPeriods(const Days &days, PeriodKind kind);
    void requirePeriods(const Days &days) const;
    void chooseReference(const Days &days);
    void chooseOtherReference();
    void compareYears();
    [[nodiscard]] std::string valueOf(const SqlColumn &column) const;
    [[nodiscard]] const SqlColumn &described(const std::string &column) const;
    [[nodiscard]] std::string anyNumber(const std::string &column) const;
    void remarkOnTexts();
    [[nodiscard]] std::string whereOf(const std::vector<std::string> &conditions) const;
    [[nodiscard]] std::string dayOfRow() const;
    [[nodiscard]] std::string groupOfRow() const;

    RunSettings m_settings;
    mutable OdbcConnection m_connection;
    SqlDialect m_dialect;
    std::string m_from;
    std::string m_referenceFrom; ///< empty: the same
    std::string m_name;
    std::vector<SqlColumn> m_columns;
    std::vector<SqlColumn> m_referenceColumns;
    std::vector<SqlGroup> m_periods;
    SqlGroup m_reference;
    std::vector<std::uint64_t> m_referencePeriodRows;
    std::vector<std::optional<std::size_t>> m_comparedWith;
    std::vector<std::string> m_remarks;
};

/// Throws Exception(Conflict) unless `counted` is `rows`: a database without snapshots shows rows that came meanwhile.
void requireRows(std::uint64_t counted, std::uint64_t rows, const std::string &column);

/// Of a cell that a query gave; 0 for NULL. Throws Exception(Io) where it is no such number.
[[nodiscard]] std::uint64_t countIn(const std::optional<std::string> &cell);
[[nodiscard]] std::int64_t integerIn(const std::optional<std::string> &cell);
[[nodiscard]] double numberIn(const std::optional<std::string> &cell);

} // namespace countersign
