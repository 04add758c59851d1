// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/base/error.h"
#include "core/monitoring/logtable.h"
#include "core/monitoring/preview.h"
#include "logfile.h"
#include "logvalues.h"
#include "packed.h"

#include <cmath>
#include <map>

using namespace countersign;
using namespace Qt::StringLiterals;

namespace {

/// One log in any dialect: 60 rows with a date, a number with decimals, a text, a whole number with gaps.
struct Writing
{
    char delimiter = ',';
    char quote = 0; ///< around texts; 0: none
    bool comma = false;
    const char *dateFormat = "%d-%m-%Y"; ///< d, m, Y
    TextEncoding encoding = TextEncoding::Utf8;
    bool mark = false; ///< a byte order mark
    const char *lineEnd = "\n";
    bool header = true;
};

constexpr int rows = 60;

double scoreOf(int row)
{
    return (row * 37 % 100 + 0.25) / 100;
}

std::string textOf(int row)
{
    return row % 3 == 0 ? "Z\xc3\xbcrich" : row % 3 == 1 ? "Gen\xc3\xa8ve" : "Basel";
}

Date dateOf(int row)
{
    using namespace std::chrono;
    return Date(sys_days(2024y / January / 3) + days(row * 5));
}

/// Of the ISO week: year, number, day.
int isoPart(Date date, char part)
{
    const QDate day = QDate(1970, 1, 1).addDays(date.time_since_epoch().count());
    int year = 0;
    const int week = day.weekNumber(&year);
    return part == 'G' ? year : part == 'V' ? week : day.dayOfWeek();
}

std::string dated(Date date, std::string_view format)
{
    const std::chrono::year_month_day parts(date);
    static constexpr const char *months[] = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                             "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
    char text[16];
    std::string written;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] != '%') {
            written += format[i];
            continue;
        }
        const char part = format[++i];
        if (part == 'Y')
            written += std::to_string(static_cast<int>(parts.year()));
        else if (part == 'b')
            written += months[static_cast<unsigned>(parts.month()) - 1];
        else if (part == 'G' || part == 'V' || part == 'u')
            written += QString::number(isoPart(date, part)).rightJustified(part == 'V' ? 2 : 1, u'0').toStdString();
        else if (part == 's')
            written += std::to_string(date.time_since_epoch().count() * 86400LL + 3600);
        else {
            std::snprintf(text, sizeof text, "%02u",
                          static_cast<unsigned>(part == 'd' ? static_cast<unsigned>(parts.day())
                                                            : static_cast<unsigned>(parts.month())));
            written += text;
        }
    }
    return written;
}

std::string encoded(const std::string &utf8, TextEncoding encoding, bool mark)
{
    const QString text = QString::fromStdString(utf8);
    if (encoding == TextEncoding::Windows1252)
        return text.toLatin1().toStdString();
    if (encoding == TextEncoding::Utf8)
        return (mark ? "\xef\xbb\xbf" : "") + utf8;
    const bool little = encoding == TextEncoding::Utf16LittleEndian;
    std::string bytes;
    const auto add = [&](char16_t unit) {
        const char low = static_cast<char>(unit & 0xFF);
        const char high = static_cast<char>(unit >> 8);
        bytes += little ? low : high;
        bytes += little ? high : low;
    };
    if (mark)
        add(0xFEFF);
    for (const QChar c : text)
        add(c.unicode());
    return bytes;
}

std::string written(const Writing &how)
{
    std::string text;
    const auto line = [&](const std::vector<std::string> &cells) {
        for (std::size_t i = 0; i < cells.size(); ++i)
            text += (i == 0 ? "" : std::string(1, how.delimiter)) + cells[i];
        text += how.lineEnd;
    };
    const auto quoted = [&how](const std::string &cell) {
        return how.quote == 0 ? cell : how.quote + cell + how.quote;
    };
    if (how.header)
        line({"date", "score", "city", "age"});
    for (int row = 0; row < rows; ++row) {
        char number[32];
        std::snprintf(number, sizeof number, "%.4f", scoreOf(row));
        std::string score = number;
        if (how.comma)
            std::replace(score.begin(), score.end(), '.', ',');
        line({dated(dateOf(row), how.dateFormat), how.comma && how.delimiter == ',' ? quoted(score) : score,
              quoted(textOf(row)), row % 10 == 0 ? "" : std::to_string(20 + row)});
    }
    return encoded(text, how.encoding, how.mark);
}

ReadRequest requestFor(const std::string &path)
{
    ReadRequest request;
    request.path = path;
    request.timeColumn = "date";
    return request;
}

void checkTable(const LogTable &table)
{
    QCOMPARE(table.rows, std::uint64_t{rows});
    const auto scores = numbersOf(table, "score");
    const auto cities = textsOf(table, "city");
    const auto days = daysOf(table, "date");
    const auto ages = numbersOf(table, "age");
    QCOMPARE(scores.size(), std::size_t{rows});
    for (int row = 0; row < rows; ++row) {
        const auto i = static_cast<std::size_t>(row);
        QCOMPARE(scores[i], std::round(scoreOf(row) * 10000) / 10000);
        QCOMPARE(cities[i], textOf(row));
        QCOMPARE(days[i], static_cast<std::int32_t>(dateOf(row).time_since_epoch().count()));
        QCOMPARE(std::isnan(ages[i]), row % 10 == 0);
        if (row % 10 != 0)
            QCOMPARE(ages[i], 20.0 + row);
    }
}

const DialectGuess &guessOf(const LogPreview &preview, const std::string &part)
{
    return *std::find_if(preview.guesses.begin(), preview.guesses.end(),
                         [&part](const DialectGuess &guess) { return guess.part == part; });
}

} // namespace

class TestDialects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyDialectIsGuessedAndReadsTheSame_data()
    {
        QTest::addColumn<Writing>("how");
        QTest::addRow("plain") << Writing{};
        for (const char delimiter : {',', ';', '\t', '|', ' '}) {
            for (const bool comma : {false, true}) {
                for (const char quote : {'\0', '"', '\''}) {
                    if ((comma && delimiter == ',' && quote == 0) || (delimiter == ' ' && quote == '\''))
                        continue;
                    Writing how;
                    how.delimiter = delimiter;
                    how.comma = comma;
                    how.quote = quote;
                    QTest::addRow("delimiter %d, comma %d, quote %d", delimiter, comma, quote) << how;
                }
            }
        }
        for (const char *format :
             {"%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y%m%d", "%s", "%s123456", "%s123456789",
              "%d%b%Y", "%d-%b-%Y", "%d%b%Y:10:20:30.125", "%Y-%m-%dT10:20:30.123456+00:00",
              "%Y-%m-%d 10:20:30.123456789 UTC", "%G-W%V-%u", "%GW%V%u"}) {
            Writing how;
            how.delimiter = ';';
            how.dateFormat = format;
            QTest::addRow("dates %s", format) << how;
        }
        for (const TextEncoding encoding : {TextEncoding::Utf8, TextEncoding::Windows1252,
                                            TextEncoding::Utf16LittleEndian, TextEncoding::Utf16BigEndian}) {
            for (const bool mark : {false, true}) {
                Writing how;
                how.encoding = encoding;
                how.mark = mark;
                how.lineEnd = "\r\n";
                QTest::addRow("encoding %d, mark %d", static_cast<int>(encoding), mark) << how;
            }
        }
        Writing german{';', '"', true, "%d.%m.%Y", TextEncoding::Windows1252, false, "\r\n", true};
        QTest::addRow("German") << german;
        german.delimiter = '\t';
        german.encoding = TextEncoding::Utf16LittleEndian;
        german.mark = true;
        QTest::addRow("Excel's Unicode text") << german;
    }
    void everyDialectIsGuessedAndReadsTheSame()
    {
        QFETCH(Writing, how);
        const std::string text = written(how);
        const std::string path = m_folder.write("log.csv", text);
        const LogPreview seen = preview(path);
        QCOMPARE(seen.dialect.delimiter, std::string(1, how.delimiter));
        QCOMPARE(seen.dialect.decimalMark, how.comma ? DecimalMark::Comma : DecimalMark::Point);
        QCOMPARE(seen.dialect.encoding, how.encoding);
        QCOMPARE(seen.dialect.header, HeaderRow::Present);
        QCOMPARE(seen.roles.time, std::string("date"));
        QCOMPARE(seen.roles.score, std::string("score"));
        QVERIFY(seen.wholeFile);
        QCOMPARE(seen.estimatedRows, std::uint64_t{rows});
        QCOMPARE(seen.rows[1][1], std::string("0.3725"));
        QCOMPARE(seen.rows[0][0], std::string("2024-01-03"));
        for (const DialectGuess &guess : seen.guesses)
            QVERIFY2(guess.sure && !guess.why.empty() && !guess.value.empty(), guess.part.c_str());

        for (const unsigned threads : {1U, 3U}) {
            const LogTable table = readLog(requestFor(path), threads, {}, {});
            checkTable(table);
            QVERIFY(table.remarks.empty());
            QCOMPARE(table.sources.front().dialect, seen.dialect);
        }
        checkTable(readLog(requestFor(m_folder.write("log.csv.gz", gzipped(text))), 1, {}, {}));
        checkTable(readLog(requestFor(m_folder.write("log.csv.zst", zstandard(text))), 1, {}, {}));
        ReadRequest chosen = requestFor(path); // what was guessed, as the choice
        chosen.dialect = seen.dialect;
        checkTable(readLog(chosen, 2, {}, {}));
    }

    void choicesOverruleGuesses()
    {
        const std::string path = m_folder.write("both.csv", "date;x;c\n01/02/2024;1,234;-\n03/02/2024;2,345;a\n");
        ReadRequest request = requestFor(path);
        QCOMPARE(numbersOf(readLog(request, 1, {}, {}), "x"), (std::vector<double>{1.234, 2.345}));
        request.dialect.decimalMark = DecimalMark::Point;
        request.dialect.dateFormat = DateFormat::MonthDayYear;
        request.dialect.missing = {"-"};
        const LogTable table = readLog(request, 1, {}, {});
        QCOMPARE(numbersOf(table, "x"), (std::vector<double>{1234, 2345}));
        QCOMPARE(daysOf(table, "date"), (std::vector<std::int32_t>{19724, 19784})); // 2024-01-02, 2024-03-02
        QCOMPARE(table.column("c").missing, std::uint64_t{1});
        request.dialect.header = HeaderRow::Absent;
        request.timeColumn.clear();
        QCOMPARE(readLog(request, 1, {}, {}).columns.front().name, std::string("col1"));
    }

    void impossibleChoicesAreRefused()
    {
        const std::string path = m_folder.write("a.csv", "a,b\n1,2\n");
        std::vector<LogDialect> wrong(3);
        wrong[0].delimiter = "::";
        wrong[1].quote = "x";
        wrong[2].delimiter = ",";
        wrong[2].quote = "none";
        wrong[2].decimalMark = DecimalMark::Comma;
        for (const LogDialect &each : wrong) {
            const Error error = errorOf([&] { return preview(path, each); });
            QCOMPARE(error.code, ErrorCode::InvalidInput);
            QVERIFY(!error.remedy.empty());
        }
    }

    void choicesThatDoNotFitSayWhere_data()
    {
        QTest::addColumn<QString>("part");
        QTest::addColumn<QString>("why");
        QTest::addRow("delimiter") << u"delimiter"_s << u"as chosen, but they make one field of the first line"_s;
        QTest::addRow("quote") << u"quote"_s << u"as chosen, but fields stand in double quotes"_s;
        QTest::addRow("decimal mark") << u"decimalMark"_s
                                      << u"as chosen, but \"2,5\" in column \"x\", line 3, is then no number"_s;
        QTest::addRow("date format") << u"dateFormat"_s
                                     << u"as chosen, but \"25.01.2024\" in column \"day\", line 2, is then no date"_s;
        QTest::addRow("encoding") << u"encoding"_s << u"as chosen, but line 2 reads as UTF-8"_s;
        QTest::addRow("header") << u"header"_s << u"as chosen, but \"day\" stands above dates"_s;
    }
    void choicesThatDoNotFitSayWhere()
    {
        QFETCH(QString, part);
        QFETCH(QString, why);
        const std::string path = m_folder.write("fit.csv", "day;x;\"who\"\n25.01.2024;1;\"J\xc3\xb6rg\"\n"
                                                           "26.01.2024;2,5;\"Ann\"\n27.01.2024;3;\"Bo\"\n");
        const std::map<QString, LogDialect> wrong{{u"delimiter"_s, {",", "", {}, {}, {}, {}, {}}},
                                                  {u"quote"_s, {"", "none", {}, {}, {}, {}, {}}},
                                                  {u"decimalMark"_s, {"", "", DecimalMark::Point, {}, {}, {}, {}}},
                                                  {u"dateFormat"_s, {"", "", {}, DateFormat::Iso, {}, {}, {}}},
                                                  {u"encoding"_s, {"", "", {}, {}, TextEncoding::Windows1252, {}, {}}},
                                                  {u"header"_s, {"", "", {}, {}, {}, HeaderRow::Absent, {}}}};
        const DialectGuess guess = guessOf(preview(path, wrong.at(part)), part.toStdString());
        QVERIFY2(guess.why.starts_with(why.toStdString()), guess.why.c_str());
        QVERIFY(guess.chosen && !guess.sure);
        LogDialect right = preview(path).dialect;
        for (const DialectGuess &each : preview(path, right).guesses)
            QVERIFY2(each.chosen && each.sure && each.why == "as chosen", each.part.c_str());
    }

    void titleAndNoteLinesArePassedOver_data()
    {
        QTest::addColumn<QByteArray>("above");
        QTest::addColumn<int>("lines");
        QTest::addRow("SAS") << QByteArray("Report: scores\nCreated: 2024-01-01\n\n") << 3;
        QTest::addRow("one line") << QByteArray("Scores of the retail portfolio\r\n") << 1;
        QTest::addRow("Excel") << QByteArray("Report: scores;;;\nCreated;;;\n;;;\n") << 3;
        QTest::addRow("comments") << QByteArray("# scores; of; the; portfolio\n#\n") << 2;
        QTest::addRow("blank lines") << QByteArray("\n\n") << 2;
        QTest::addRow("delimiters in a note") << QByteArray("Report; scores; 2024\n\n") << 2;
        QTest::addRow("a quoted line break") << QByteArray("\"Report:\nscores\"\n") << 2;
        QTest::addRow("behind sep=") << QByteArray("sep=;\nReport: scores\n") << 1;
        QTest::addRow("none") << QByteArray() << 0;
    }
    void titleAndNoteLinesArePassedOver()
    {
        QFETCH(QByteArray, above);
        QFETCH(int, lines);
        Writing how;
        how.delimiter = ';';
        how.comma = true;
        const std::string text = above.toStdString() + written(how);
        const std::string path = m_folder.write("report.csv", text);
        const LogPreview seen = preview(path);
        const DialectGuess &guess = guessOf(seen, "skipLines");
        QCOMPARE(guess.value, lines == 0 ? std::string("none") : std::to_string(lines));
        QVERIFY(guess.sure && !guess.chosen);
        QCOMPARE(seen.dialect.skipLines, std::optional<std::uint64_t>(lines));
        QCOMPARE(seen.estimatedRows, std::uint64_t{rows});
        const LogTable table = readLog(requestFor(path), 2, {}, {});
        checkTable(table);
        QCOMPARE(table.remarks.size(), std::size_t(lines > 0 ? 1 : 0));
        if (lines > 0)
            QVERIFY2(contains(table.remarks.front(), "passed over"), table.remarks.front().c_str());
        checkTable(readLog(requestFor(m_folder.write("report.csv.gz", gzipped(text))), 1, {}, {}));
        ReadRequest chosen = requestFor(path);
        chosen.dialect = seen.dialect;
        const LogTable again = readLog(chosen, 1, {}, {});
        checkTable(again);
        QVERIFY(again.remarks.empty());

        const std::string wrong = m_folder.write("wrong.csv", text + "05-01-2025;0,5\n");
        const auto line = static_cast<int>(above.count('\n')) + rows + 2;
        const Error error = errorOf([&] { return readLog(requestFor(wrong), 1, {}, {}); });
        QVERIFY2(contains(error.what, "wrong.csv line " + std::to_string(line) + " has 2 fields"), error.what.c_str());
    }

    void linesThatMayBelongToTheTableAreNotPassedOver_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("firstName");
        QTest::addRow("units below the names")
            << QByteArray("id,score\n-,pct\n1,0.5\n2,0.6\n3,0.7\n") << QByteArray("id");
        QTest::addRow("a name too few") << QByteArray("id,name\na,b,c\n1,x,5\n2,y,6\n3,z,7\n") << QByteArray("id");
        QTest::addRow("row names") << QByteArray("id,score\nr1,1,0.5\nr2,2,0.6\nr3,3,0.7\n") << QByteArray("id");
        QTest::addRow("columns without names") << QByteArray("a,b,\nx,y,z\n1,x,2\n2,y,3\n") << QByteArray("a");
        QTest::addRow("one column") << QByteArray("score\nnone, so far\n1\n2\n") << QByteArray("score");
        QTest::addRow("texts alone") << QByteArray("Report\nid,name\na,b\nc,d\n") << QByteArray("Report");
    }
    void linesThatMayBelongToTheTableAreNotPassedOver()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, firstName);
        const LogPreview seen = preview(m_folder.write("table.csv", text.toStdString()));
        QCOMPARE(guessOf(seen, "skipLines").value, std::string("none"));
        QCOMPARE(QByteArray::fromStdString(seen.columns.front().name), firstName);
    }

    void linesToSkipCanBeChosen()
    {
        const std::string path = m_folder.write("skip.csv", "Report\nid,name\na,b\nc,d\n");
        LogDialect asked;
        asked.skipLines = 1;
        const LogPreview seen = preview(path, asked);
        QCOMPARE(seen.columns.front().name, std::string("id"));
        QCOMPARE(seen.sampledRows, std::uint64_t{2});
        QVERIFY(guessOf(seen, "skipLines").chosen && guessOf(seen, "skipLines").sure);
        const std::string titled = m_folder.write("titled.csv", "Report\nid,x\n1,2\n3,4\n");
        asked.skipLines = 0;
        const DialectGuess against = guessOf(preview(titled, asked), "skipLines");
        QVERIFY2(!against.sure && contains(against.why, "but line 2 names 2 columns"), against.why.c_str());
        asked.skipLines = 4;
        const Error error = errorOf([&] { return preview(titled, asked); });
        QCOMPARE(error.code, ErrorCode::InvalidInput);
        QVERIFY2(contains(error.what, "titled.csv has no line") && !error.remedy.empty(), error.what.c_str());
    }

    void delimitersAtTheEndOfLinesOpenNoColumn_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("remarked");
        QTest::addRow("below the header") << QByteArray("a;b\n1;x;\n2;y;\n3;;\n") << true;
        QTest::addRow("CRLF") << QByteArray("a;b\r\n1;x;\r\n2;y;\r\n3;;\r\n") << true;
        QTest::addRow("of the header alone") << QByteArray("a;b;\n1;x\n2;y\n3;\n") << true;
        QTest::addRow("everywhere") << QByteArray("a;b;\n1;x;\n2;y;\n3;;\n") << false; // a column without a name
        QTest::addRow("below a title") << QByteArray("Report\na;b\n1;x;\n2;y;\n3;;\n") << true;
    }
    void delimitersAtTheEndOfLinesOpenNoColumn()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, remarked);
        const std::string path = m_folder.write("trailing.csv", text.toStdString());
        const LogPreview seen = preview(path);
        QCOMPARE(seen.sampledRows, std::uint64_t{3});
        QVERIFY(seen.warnings.empty());
        QVERIFY(guessOf(seen, "delimiter").sure);
        const LogTable table = readLog({path, {}, {}, {}, {}}, 1, {}, {});
        QCOMPARE(numbersOf(table, "a"), (std::vector<double>{1, 2, 3}));
        QCOMPARE(table.column("b").missing, std::uint64_t{1});
        QCOMPARE(std::any_of(table.remarks.begin(), table.remarks.end(),
                             [](const std::string &remark) { return contains(remark, "opens no column"); }),
                 remarked);
    }

    void whatStandsBehindATrailingDelimiterIsRefused()
    {
        std::string text = "a;b\n";
        for (int i = 0; i < 2000; ++i)
            text += "1;x;\n";
        const auto read = [&](const char *row) {
            return readLog({m_folder.write("behind.csv", text + row), {}, {}, {}, {}}, 1, {}, {});
        };
        QCOMPARE(read("2;y\n").rows, std::uint64_t{2001}); // may be left out
        const Error error = errorOf([&] { return read("1;x;9\n"); });
        QVERIFY2(contains(error.what, "line 2002 has 3 fields where the header has 2"), error.what.c_str());
    }

    void quotesEscapedByBackslashesAreGuessed_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("quote");
        QTest::addColumn<QByteArray>("value");
        QTest::addRow("double") << QByteArray(R"(c,x
"he said \"no\", twice",1
"a",2
)") << QByteArray(R"(\")") << QByteArray(R"(he said "no", twice)");
        QTest::addRow("single") << QByteArray(R"(c,x
'it\'s, so',1
'a',2
)") << QByteArray(R"(\')") << QByteArray("it's, so");
        QTest::addRow("backslashes too") << QByteArray(R"(c,x
"C:\\ \"x\" \n",1
"a",2
)") << QByteArray(R"(\")") << QByteArray(R"(C:\ "x" \n)");
        QTest::addRow("over a line end") << QByteArray(R"(c,x
"one \"
two\" three",1
"a",2
)") << QByteArray(R"(\")") << QByteArray("one \"\ntwo\" three");
        QTest::addRow("paths of Windows") << QByteArray(R"(c,x
"C:\data\",1
"D:\",2
)") << QByteArray("\"") << QByteArray(R"(C:\data\)");
        QTest::addRow("doubled") << QByteArray(R"(c,x
"he said ""no""",1
"a",2
)") << QByteArray("\"") << QByteArray(R"(he said "no")");
    }
    void quotesEscapedByBackslashesAreGuessed()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, quote);
        QFETCH(QByteArray, value);
        const std::string path = m_folder.write("escaped.csv", text.toStdString());
        const LogPreview seen = preview(path);
        QCOMPARE(QByteArray::fromStdString(seen.dialect.quote), quote);
        QVERIFY(guessOf(seen, "quote").sure);
        ReadRequest request;
        request.path = path;
        for (const LogDialect &dialect : {LogDialect(), seen.dialect}) {
            request.dialect = dialect;
            const LogTable table = readLog(request, 1, {}, {});
            QCOMPARE(numbersOf(table, "x"), (std::vector<double>{1, 2}));
            QCOMPARE(QByteArray::fromStdString(textsOf(table, "c").front()), value);
        }
    }

    void aQuoteStyleThatDoesNotFitSaysSo()
    {
        const std::string path = m_folder.write("style.csv", "c,x\n\"a \\\"b\\\" c\",1\n\"d\",2\n");
        LogDialect asked;
        asked.quote = "\"";
        const DialectGuess guess = guessOf(preview(path, asked), "quote");
        QVERIFY2(!guess.sure && contains(guess.why, "quotes behind backslashes"), guess.why.c_str());
    }

    void escapedQuotesAreReadInBlocks()
    {
        std::string text = "c,x\n";
        for (int i = 0; i < 300000; ++i)
            text += "\"a \\\"b\\\",\n\\\\ c\"," + std::to_string(i) + "\n";
        const LogTable table = readLog({m_folder.write("blocks.csv", text), {}, {}, {}, {}}, 2, {}, {});
        QVERIFY(table.chunkRows.size() > 1);
        QCOMPARE(table.column("c").categories, std::vector<std::string>{"a \"b\",\n\\ c"});
        const auto x = numbersOf(table, "x");
        QCOMPARE(x.size(), std::size_t{300000});
        for (std::size_t i = 0; i < x.size(); ++i)
            QCOMPARE(x[i], static_cast<double>(i));
    }

    void quartersAndWeeksAreDates()
    {
        for (const auto &[first, second, format] : {std::tuple{"2024-Q1", "2024-Q2", DateFormat::YearQuarter},
                                                    {"2024Q1", "2024Q2", DateFormat::YearQuarter},
                                                    {"Q1 2024", "Q2 2024", DateFormat::YearQuarter},
                                                    {"2024-W01", "2024-W14", DateFormat::IsoWeek}}) {
            const std::string path =
                m_folder.write("coarse.csv", std::string("day,x\n") + first + ",1\n" + second + ",2\n");
            const LogPreview seen = preview(path);
            QCOMPARE(seen.dialect.dateFormat, format);
            QCOMPARE(seen.roles.time, std::string("day"));
            ReadRequest request = requestFor(path);
            request.timeColumn = "day";
            QCOMPARE(daysOf(readLog(request, 1, {}, {}), "day"), (std::vector<std::int32_t>{19723, 19814}));
        }
    }

    void daysOfExcelAreReadWhereTheNameSaysSoAndRemarked()
    {
        const auto log = [&](const char *name) {
            return m_folder.write("excel.csv", std::string(name) + ",x\n45292,1\n45293.5,2\n");
        };
        const LogPreview seen = preview(log("score_date"));
        QCOMPARE(seen.dialect.dateFormat, DateFormat::ExcelDays);
        QCOMPARE(seen.roles.time, std::string("score_date"));
        QVERIFY(!guessOf(seen, "dateFormat").sure);
        ReadRequest request;
        request.path = log("score_date");
        request.timeColumn = "score_date";
        const LogTable table = readLog(request, 1, {}, {});
        QCOMPARE(daysOf(table, "score_date"), (std::vector<std::int32_t>{19723, 19724})); // 2024-01-01
        QVERIFY2(table.remarks.size() == 1 && contains(table.remarks.front(), "days as Excel counts them"),
                 table.remarks.front().c_str());
        request.dialect.dateFormat = DateFormat::ExcelDays;
        QVERIFY(readLog(request, 1, {}, {}).remarks.empty());
        QVERIFY(preview(log("days_employed")).roles.time.empty());
    }

    void linesOfAnotherWidthAreForeseen()
    {
        const LogPreview seen = preview(m_folder.write("odd.csv", "a,b\n1,2\n\n\"x\ny\",3\n4,5,6\n7,8\n"));
        QCOMPARE(seen.warnings.size(), std::size_t{1});
        QCOMPARE(seen.warnings.front(),
                 std::string("odd.csv line 6 has 3 fields where the header has 2; a run ends there."));
    }

    void ambiguousDatesGoByTheOrderOfTheRowsAndAreRemarked()
    {
        // day first the rows would leap back and forth
        const std::string path =
            m_folder.write("us.csv", "date,x\n01/02/2024,1\n01/11/2024,2\n02/05/2024,3\n03/04/2024,4\n");
        const LogPreview seen = preview(path);
        QCOMPARE(seen.dialect.dateFormat, DateFormat::MonthDayYear);
        QVERIFY(!guessOf(seen, "dateFormat").sure);
        const LogTable table = readLog(requestFor(path), 1, {}, {});
        QCOMPARE(daysOf(table, "date").front(), 19724);
        QCOMPARE(table.remarks.size(), std::size_t{1});
        QVERIFY2(contains(table.remarks.front(), "us.csv: the date format is a guess") &&
                     contains(table.remarks.front(), "month first"),
                 table.remarks.front().c_str());

        const std::string unordered = m_folder.write("eu.csv", "date,x\n05/02/2024,1\n01/02/2024,2\n");
        QCOMPARE(preview(unordered).dialect.dateFormat, DateFormat::DayMonthYear);
    }

    void aDateFurtherOnDecidesTheOrder()
    {
        std::string text = "date,x\n";
        for (int i = 0; i < 300000; ++i)
            text += "03/04/2024," + std::to_string(i) + "\n";
        const std::string path = m_folder.write("late.csv", text + "04/25/2024,1\n");
        const LogTable table = readLog(requestFor(path), 2, {}, {});
        QCOMPARE(daysOf(table, "date").front(), 19786); // 2024-03-04
        QCOMPARE(daysOf(table, "date").back(), 19838);
        QVERIFY(table.remarks.empty());
        QCOMPARE(table.sources.front().dialect.dateFormat, DateFormat::MonthDayYear);

        const std::string both = m_folder.write("both.csv", text + "04/25/2024,1\n25/04/2024,1\n");
        const Error error = errorOf([&] { return readLog(requestFor(both), 2, {}, {}); });
        QVERIFY2(contains(error.what, "both.csv line 300002") && contains(error.what, "04/25/2024"),
                 error.text().c_str());
    }

    void aNumberFurtherOnDecidesTheMark()
    {
        std::string text = "x;y\n";
        for (int i = 0; i < 300000; ++i)
            text += std::to_string(i) + ";7\n";
        const LogTable table = readLog({m_folder.write("late.csv", text + "1,5;2\n"), {}, {}, {}, {}}, 2, {}, {});
        QCOMPARE(numbersOf(table, "x").back(), 1.5);
        QCOMPARE(table.sources.front().dialect.decimalMark, DecimalMark::Comma);

        const LogTable both = readLog({m_folder.write("both.csv", text + "1,5;2.5\n"), {}, {}, {}, {}}, 2, {}, {});
        QCOMPARE(both.column("x").firstUnreadable, std::string("\"1,5\" in line 300002 of both.csv"));
        QCOMPARE(numbersOf(both, "y").back(), 2.5);
    }

    void declaredNumbersMayDecideTheMarkToo()
    {
        std::string text = "x;y\n";
        for (int i = 0; i < 2000; ++i)
            text += std::to_string(i) + ";7\n";
        ReadRequest request{m_folder.write("late.csv", text + "1,5;2\n"), {}, {}, {"x"}, {}};
        QCOMPARE(numbersOf(readLog(request, 1, {}, {}), "x").back(), 1.5);
        request.path = m_folder.write("text.csv", text + "1,5;2\nfive;2\n");
        const LogTable five = readLog(request, 1, {}, {});
        QCOMPARE(five.column("x").unreadable, std::uint64_t{1});
        QCOMPARE(five.column("x").firstUnreadable, std::string("\"five\" in line 2003 of text.csv"));
    }

    void numbersThatReadBothWaysAreRemarked()
    {
        const LogTable table = readLog({m_folder.write("n.csv", "x;y\n1,234;1\n2,345;2\n"), {}, {}, {}, {}}, 1, {}, {});
        QCOMPARE(numbersOf(table, "x"), (std::vector<double>{1.234, 2.345}));
        QCOMPARE(table.remarks.size(), std::size_t{1});
        QVERIFY2(contains(table.remarks.front(), "decimal mark"), table.remarks.front().c_str());
        const LogTable sure = readLog({m_folder.write("p.csv", "x,y\n1.234,1\n2.345,2\n"), {}, {}, {}, {}}, 1, {}, {});
        QCOMPARE(numbersOf(sure, "x"), (std::vector<double>{1.234, 2.345}));
        QVERIFY(sure.remarks.empty());
    }

    void oneColumnOfDecimalCommasIsOneColumn()
    {
        const LogTable table = readLog({m_folder.write("one.csv", "x\n0,5\n1,25\n"), {}, {}, {}, {}}, 1, {}, {});
        QCOMPARE(numbersOf(table, "x"), (std::vector<double>{0.5, 1.25}));
    }

    void aLogWithoutHeaderGetsNamesAndARemark()
    {
        Writing how;
        how.header = false;
        ReadRequest request;
        request.path = m_folder.write("bare.csv", written(how));
        request.timeColumn = "col1";
        const LogTable table = readLog(request, 1, {}, {});
        QCOMPARE(table.rows, std::uint64_t{rows});
        QCOMPARE(numbersOf(table, "col2").size(), std::size_t{rows});
        QCOMPARE(table.remarks.size(), std::size_t{1});
        QVERIFY2(contains(table.remarks.front(), "header"), table.remarks.front().c_str());
        QCOMPARE(preview(request.path).rows.front()[2], textOf(0));
    }

    void headersThatLookLikeValuesAreKept()
    {
        for (const char *text : {"0,1,2\n5,6,7\n8,9,10\n", "1,2\n3,4\n", "x,2015\n1,2\n",
                                 "region,2015\nnorth,3\nsouth,4\nnorth,5\nsouth,6\n"}) {
            const LogPreview seen = preview(m_folder.write("years.csv", text));
            QCOMPARE(seen.dialect.header, HeaderRow::Present);
        }
        QCOMPARE(preview(m_folder.write("values.csv", "0.5,7\n3,4\n")).dialect.header, HeaderRow::Absent);
    }

    void anExcelDelimiterLineIsObeyed()
    {
        const LogTable table =
            readLog({m_folder.write("excel.csv", "sep=|\r\na,1|b\r\n1|x\r\n2|y\r\n"), {}, {}, {}, {}}, 1, {}, {});
        QCOMPARE(numbersOf(table, "a,1"), (std::vector<double>{1, 2}));
        const Error error = errorOf(
            [&] { return readLog({m_folder.write("short.csv", "sep=;\na;b\n1;2\n1\n"), {}, {}, {}, {}}, 1, {}, {}); });
        QVERIFY2(contains(error.what, "short.csv line 4 has 1 field"), error.what.c_str());
    }

    void badlyEncodedTextNamesItsLine()
    {
        std::string text = encoded("a,b\n1,2\n3,4\n", TextEncoding::Utf16LittleEndian, true);
        const std::string lone("\x00\xdc", 2); // half of a pair
        const std::string path =
            m_folder.write("half.csv", text + lone + encoded(",5\n", TextEncoding::Utf16LittleEndian, false));
        const Error error = errorOf([&] { return readLog({path, {}, {}, {}, {}}, 1, {}, {}); });
        QCOMPARE(error.code, ErrorCode::InvalidInput);
        QVERIFY2(contains(error.what, "half.csv line 4 is not valid UTF-16") && !error.remedy.empty(),
                 error.text().c_str());
        const std::string odd = m_folder.write("odd.csv", text + "x");
        QVERIFY(contains(errorOf([&] { return readLog({odd, {}, {}, {}, {}}, 1, {}, {}); }).what, "line 4"));
    }

    void mixedEncodingsAreReadCellByCellAndRemarked()
    {
        const LogTable table =
            readLog({m_folder.write("mixed.csv", "c,x\nZ\xc3\xbcrich,1\nGen\xe8ve,2\n"), {}, {}, {}, {}}, 1, {}, {});
        QCOMPARE(textsOf(table, "c"), (std::vector<std::string>{"Z\xc3\xbcrich", "Gen\xc3\xa8ve"}));
        QCOMPARE(table.remarks.size(), std::size_t{1});
        QVERIFY2(contains(table.remarks.front(), "encoding"), table.remarks.front().c_str());
    }

    void wordsAmongNumbersAreOfferedAsMissing()
    {
        const LogPreview seen = preview(m_folder.write("odd.csv", "x,y\n1,1\nn.a.,2\n3,3\n4,4\n"));
        const DialectGuess &guess = guessOf(seen, "missing");
        QVERIFY(!guess.sure && contains(guess.why, "\"n.a.\""));
        LogDialect chosen;
        chosen.missing = {"n.a."};
        QCOMPARE(preview(m_folder.path("odd.csv"), chosen).columns[0].type, ColumnType::Numeric);
    }

    void longUtf16LogsAreReadInBlocks()
    {
        std::string text = "c,x\n";
        for (int i = 0; i < 300000; ++i)
            text += "Z\xc3\xbcrich \xf0\x9f\x9a\x80," + std::to_string(i) + "\n";
        const std::string path = m_folder.write("long.csv", encoded(text, TextEncoding::Utf16BigEndian, true));
        const LogTable table = readLog({path, {}, {}, {}, {}}, 2, {}, {});
        QCOMPARE(table.rows, std::uint64_t{300000});
        QCOMPARE(table.column("c").categories, std::vector<std::string>{"Z\xc3\xbcrich \xf0\x9f\x9a\x80"});
        const auto x = numbersOf(table, "x");
        for (std::size_t i = 0; i < x.size(); ++i)
            QCOMPARE(x[i], static_cast<double>(i));
    }

private:
    LogFolder m_folder;
};

QTEST_APPLESS_MAIN(TestDialects)
#include "tst_dialects.moc"
