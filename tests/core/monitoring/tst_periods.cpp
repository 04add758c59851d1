// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/base/error.h"
#include "core/monitoring/celltext.h"
#include "core/monitoring/periods.h"
#include "logfile.h"

using namespace countersign;

namespace {

std::string daysText(std::string_view text)
{
    const auto day = readDay(text);
    return day ? toString(Date(std::chrono::days(*day))) : "no date";
}

} // namespace

class TestPeriods : public QObject
{
    Q_OBJECT

private:
    std::vector<std::string> labels(const std::string &dates, PeriodKind kind)
    {
        ReadRequest request;
        request.path = m_folder.write("dates.csv", "ts,x\n" + dates);
        request.timeColumn = "ts";
        const Periods periods = cutPeriods(readLog(request, 1, {}, {}), "ts", kind, 0);
        std::vector<std::string> result;
        for (std::size_t i = 0; i < periods.info.size(); ++i)
            result.push_back(periods.info[i].label + ":" + std::to_string(periods.groups.rows[i]));
        return result;
    }

private Q_SLOTS:
    void datesAreReadInTheirForms()
    {
        QCOMPARE(daysText("2015-07-01"), std::string("2015-07-01"));
        QCOMPARE(daysText("2015-07-01 10:52:03"), std::string("2015-07-01"));
        QCOMPARE(daysText("2015-07-01T10:52"), std::string("2015-07-01"));
        QCOMPARE(daysText("2015-07-01T10:52:03.120Z"), std::string("2015-07-01"));
        QCOMPARE(daysText("2015-07-01T23:59:59+02:00"), std::string("2015-07-01"));
        QCOMPARE(daysText("2015-07"), std::string("2015-07-01"));
        QCOMPARE(daysText("2015"), std::string("2015-01-01"));
        QCOMPARE(daysText("1969-12-31"), std::string("1969-12-31"));
        for (const char *text : {"2015-02-30", "2015-13", "15-07-01", "01/07/2015", "2015-07-01x", "2015-07-01 25:00",
                                 "2015-07-01T10:52:03.", "later", ""})
            QCOMPARE(daysText(text), std::string("no date"));
    }

    void periodsComeInOrderOfTimeWithTheirRows()
    {
        const std::string dates = "2020-03-01,1\n2019-12-31,1\n2020-03-31,1\n,1\n2020-01-01,1\n";
        QCOMPARE(labels(dates, PeriodKind::Month), (std::vector<std::string>{"2019-12:1", "2020-01:1", "2020-03:2"}));
        QCOMPARE(labels(dates, PeriodKind::Year), (std::vector<std::string>{"2019:1", "2020:3"}));
        QCOMPARE(labels(dates, PeriodKind::Day),
                 (std::vector<std::string>{"2019-12-31:1", "2020-01-01:1", "2020-03-01:1", "2020-03-31:1"}));
    }

    void weeksAreThoseOfIso8601()
    {
        QCOMPARE(labels("2019-12-29,1\n2019-12-30,1\n2020-01-05,1\n2021-01-03,1\n1969-12-28,1\n1969-12-29,1\n",
                        PeriodKind::Week),
                 (std::vector<std::string>{"1969-W52:1", "1970-W01:1", "2019-W52:1", "2020-W01:2", "2020-W53:1"}));
    }

    void aLogWithoutAnyTimeIsRefused() { QVERIFY_THROWS_EXCEPTION(Exception, labels(",1\n,2\n", PeriodKind::Month)); }

    void aReferenceWithoutRowsIsRefused()
    {
        ReadRequest request;
        request.path = m_folder.write("late.csv", "ts,x\n2020-03-01,1\n");
        request.timeColumn = "ts";
        const LogTable table = readLog(request, 1, {}, {});
        const Periods periods = cutPeriods(table, "ts", PeriodKind::Month, 0);
        QVERIFY_THROWS_EXCEPTION(
            Exception, static_cast<void>(referenceRows(table, "ts", periods, {}, parseDate("2020-02-29"), 0)));
        QCOMPARE(referenceRows(table, "ts", periods, {}, parseDate("2020-03-01"), 0).rows[0], std::uint64_t{1});
    }

private:
    LogFolder m_folder;
};

QTEST_APPLESS_MAIN(TestPeriods)
#include "tst_periods.moc"
