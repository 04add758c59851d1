// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/base/time.h"
#include "core/monitoring/dialecttext.h"

#include <charconv>
#include <random>

using namespace countersign;

namespace {

std::optional<double> number(std::string_view text, DecimalMark mark)
{
    double value = 0;
    return readNumber(text, value, mark) == NumberText::Finite ? std::optional(value) : std::nullopt;
}

std::string day(std::string_view text, DateFormat format)
{
    const auto read = readDay(text, format);
    return read ? toString(Date(std::chrono::days(*read))) : "none";
}

} // namespace

class TestDialectText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersReadByTheirMark_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<double>("point"); // NaN: no number
        QTest::addColumn<double>("comma");
        const double none = qQNaN();
        const auto row = [](const char *text, double point, double comma) {
            QTest::addRow("%s", text) << QByteArray(text) << point << comma;
        };
        row("12", 12, 12);
        row("0.5", 0.5, none);
        row("0,5", none, 0.5);
        row("-1234,75", none, -1234.75);
        row("+1,5e-3", none, 0.0015);
        row("1,234", 1234, 1.234);
        row("1.234", 1.234, 1234);
        row("1.234.567", none, 1234567);
        row("1,234,567", 1234567, none);
        row("1.234,5", none, 1234.5);
        row("1,234.5", 1234.5, none);
        row("1 234,5", none, 1234.5);
        row("1\xc2\xa0"
            "234,5",
            none, 1234.5);
        row("1\xe2\x80\xaf"
            "234 567",
            none, none);
        row("1\xe2\x80\xaf"
            "234\xe2\x80\xaf"
            "567",
            1234567, 1234567);
        row("1'234.50", 1234.5, none);
        row("12,34,567", none, none);
        row("1,23", none, 1.23);
        row("1234,567.8", none, none);
        row("0,123,456", none, none);
        row("1,,2", none, none);
        row("1.2.3", none, none);
        row("abc", none, none);
        row("-", none, none);
        row(",5", none, 0.5);
        row(".5", 0.5, none);
        row(" 7,25 ", none, 7.25);
    }
    void numbersReadByTheirMark()
    {
        QFETCH(QByteArray, text);
        QFETCH(double, point);
        QFETCH(double, comma);
        for (const auto &[mark, expected] : {std::pair{DecimalMark::Point, point}, {DecimalMark::Comma, comma}}) {
            const auto read = number(text.toStdString(), mark);
            QCOMPARE(read.has_value(), !qIsNaN(expected));
            if (read)
                QCOMPARE(*read, expected);
        }
    }

    void decimalCommasGiveTheSameBitsAsPoints()
    {
        std::mt19937_64 random(20260822);
        for (int i = 0; i < 200000; ++i) {
            std::string text = random() % 2 == 0 ? "-" : "";
            text += std::to_string(random() % 10000000) + "." + std::to_string(random() % 1000000000000);
            double expected = 0;
            std::from_chars(text.data(), text.data() + text.size(), expected);
            std::replace(text.begin(), text.end(), '.', ',');
            const auto read = number(text, DecimalMark::Comma);
            QVERIFY2(read && *read == expected, text.c_str());
        }
    }

    void datesReadByTheirFormat_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<DateFormat>("format");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *text, DateFormat format, const char *expected) {
            QTest::addRow("%s %d", text, static_cast<int>(format))
                << QByteArray(text) << format << QByteArray(expected);
        };
        using enum DateFormat;
        row("2024-04-25", Iso, "2024-04-25");
        row("2024/04/25", Iso, "none");
        row("2024/4/5", YearMonthDay, "2024-04-05");
        row("2024.04.25 10:20", YearMonthDay, "2024-04-25");
        row("2024/04-25", YearMonthDay, "none");
        row("2024/04", YearMonthDay, "2024-04-01");
        row("25.04.2024", DayMonthYear, "2024-04-25");
        row("25/4/24", DayMonthYear, "2024-04-25");
        row("1/2/70", DayMonthYear, "1970-02-01");
        row("1/2/69", DayMonthYear, "2069-02-01");
        row("1/2/123", DayMonthYear, "none");
        row("25-Apr-2024", DayMonthYear, "2024-04-25");
        row("25 April 2024", DayMonthYear, "2024-04-25");
        row("5 Sept 2024", DayMonthYear, "2024-09-05");
        row("25.04.2024 07:05:09,123", DayMonthYear, "2024-04-25");
        row("04/25/2024", DayMonthYear, "none");
        row("29.02.2023", DayMonthYear, "none");
        row("29.02.2024", DayMonthYear, "2024-02-29");
        row("04/25/2024", MonthDayYear, "2024-04-25");
        row("4/5/2024 1:05:09 PM", MonthDayYear, "2024-04-05");
        row("April 25, 2024", MonthDayYear, "2024-04-25");
        row("Apr 25, 2024, 1:05 PM", MonthDayYear, "2024-04-25");
        row("25/04/2024", MonthDayYear, "none");
        row("4/5-2024", MonthDayYear, "none");
        row("20240425", Compact, "2024-04-25");
        row("202404", Compact, "2024-04-01");
        row("20240425T102030Z", Compact, "2024-04-25");
        row("20240425102030", Compact, "2024-04-25");
        row("20241325", Compact, "none");
        row("2024042", Compact, "none");
        row("0", EpochSeconds, "1970-01-01");
        row("-1", EpochSeconds, "1969-12-31");
        row("1714003200", EpochSeconds, "2024-04-25");
        row("1714003199.75", EpochSeconds, "2024-04-24");
        row("1714003199999", EpochMilliseconds, "2024-04-24");
        row("1714003200000", EpochMilliseconds, "2024-04-25");
        row("17x", EpochSeconds, "none");
        row("1714003199999999", EpochMicroseconds, "2024-04-24");
        row("1714003200000000000", EpochNanoseconds, "2024-04-25");
        row("9223372036854775807", EpochNanoseconds, "2262-04-11");
        row("9223372036854775808", EpochNanoseconds, "none");
        row("25APR2024", DayMonthYear, "2024-04-25");
        row("5apr24", DayMonthYear, "2024-04-05");
        row("25APR2024:10:20:30.125", DayMonthYear, "2024-04-25");
        row("25-APR-24 10.20.30.123456 PM", DayMonthYear, "2024-04-25");
        row("25/Apr/2024:10:20:30 +0200", DayMonthYear, "2024-04-25");
        row("31APR2024", DayMonthYear, "none");
        row("25XYZ2024", DayMonthYear, "none");
        row("25APR", DayMonthYear, "none");
        row("2024-04-25T10:20:30.123456789+00:00", Iso, "2024-04-25");
        row("2024-04-25 10:20:30.123456 UTC", YearMonthDay, "2024-04-25");
        row("2024-Q1", YearQuarter, "2024-01-01");
        row("2024q4", YearQuarter, "2024-10-01");
        row("Q2/2024", YearQuarter, "2024-04-01");
        row("2024-Q5", YearQuarter, "none");
        row("2024-Q1-1", YearQuarter, "none");
        row("2024-W01", IsoWeek, "2024-01-01");
        row("2024-W01-3", IsoWeek, "2024-01-03");
        row("2025W01", IsoWeek, "2024-12-30");
        row("2025W017", IsoWeek, "2025-01-05");
        row("2020-W53-7", IsoWeek, "2021-01-03"); // of 53 weeks
        row("2024-W53", IsoWeek, "none");
        row("2024-W00", IsoWeek, "none");
        row("2024-W01-8", IsoWeek, "none");
        row("2024-W013", IsoWeek, "none");
        row("45292", ExcelDays, "2024-01-01");
        row("45292.999", ExcelDays, "2024-01-01");
        row("61", ExcelDays, "1900-03-01");
        row("60", ExcelDays, "none"); // 1900-02-29, which was none
        row("2958466", ExcelDays, "none");
    }
    void datesReadByTheirFormat()
    {
        QFETCH(QByteArray, text);
        QFETCH(DateFormat, format);
        QFETCH(QByteArray, expected);
        QCOMPARE(QByteArray::fromStdString(day(text.toStdString(), format)), expected);
    }

    void missingWordsAreThoseAskedFor()
    {
        const MissingTexts usual;
        QVERIFY(usual.contains(" ") && usual.contains("n/a") && !usual.contains("-"));
        const MissingTexts asked(std::vector<std::string>{"-", "Keine Angabe"});
        QVERIFY(asked.contains("") && asked.contains(" - ") && asked.contains("KEINE angabe") && !asked.contains("NA"));
        double value = 0;
        QCOMPARE(readNumber("-", value, DecimalMark::Point, asked), NumberText::Missing);
        QCOMPARE(readNumber("NA", value, DecimalMark::Point, asked), NumberText::NotANumber);
        QCOMPARE(readNumber("NA", value, DecimalMark::Comma, usual), NumberText::Missing);
        QCOMPARE(readNumber("1e999", value, DecimalMark::Comma, usual), NumberText::Infinite);
    }
};

QTEST_APPLESS_MAIN(TestDialectText)
#include "tst_dialecttext.moc"
