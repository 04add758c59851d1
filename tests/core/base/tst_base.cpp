// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/base/time.h"

#include <cmath>

using namespace countersign;

namespace sample {

enum class Colour { Red, Green };
BOOST_DESCRIBE_ENUM(Colour, Red, Green)

struct Inner
{
    double share = 0;
    std::optional<Date> day;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (share, day))

struct Outer
{
    std::string name;
    Colour colour = Colour::Red;
    std::vector<Inner> items;
    std::map<std::string, std::int64_t> counts;
    bool flag = false;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (name, colour, items, counts, flag))

} // namespace sample

class TestBase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Weeks and their Mondays as ISO 8601 has them: 2020 has 53, 2021 has 52.
    void isoWeeksBeginOnTheirMondays()
    {
        QCOMPARE(toString(*mondayOfIsoWeek(2020, 53)), std::string("2020-12-28"));
        QCOMPARE(toString(*mondayOfIsoWeek(2021, 1)), std::string("2021-01-04"));
        QCOMPARE(toString(*mondayOfIsoWeek(2015, 27)), std::string("2015-06-29"));
        QVERIFY(!mondayOfIsoWeek(2021, 53) && !mondayOfIsoWeek(2021, 0));
    }

    void describedValuesSurviveJson()
    {
        sample::Outer value{
            "n", sample::Colour::Green, {{0.1, parseDate("2024-02-29")}, {1e-300, {}}}, {{"a", 3}}, true};
        const auto text = json::serialize(toJson(value));
        const auto back = fromJson<sample::Outer>(json::parse(text));
        QCOMPARE(json::serialize(toJson(back)), text);
        QCOMPARE(back.items[0].share, 0.1);
        QVERIFY(back.items[1].share == 1e-300);
    }

    void wrongTypesNameTheirPlace()
    {
        try {
            (void)fromJson<sample::Outer>(json::parse(R"({"items":[{"share":"0.5"},{"share":0.5}]})"));
            QFAIL("a float was accepted");
        } catch (const Exception &exception) {
            QVERIFY(exception.error().code == ErrorCode::InvalidInput);
            QVERIFY(exception.error().what.find("items[1].share") != std::string::npos);
        }
    }

    void timesRoundTripAndRefuseOtherForms()
    {
        for (const char *text : {"2026-11-24T10:52:03.120Z", "1999-12-31T23:59:59.999Z", "2038-01-19T03:14:08.000Z"})
            QCOMPARE(toString(*parseUtcTime(text)), std::string(text));
        for (const char *text : {"2026-11-24T10:52:03Z", "2026-02-30T10:52:03.120Z", "2026-11-24T24:00:00.000Z", ""})
            QVERIFY(!parseUtcTime(text));
        QVERIFY(!parseDate("2023-02-29"));
    }

    void decimalsReadBackExactly()
    {
        for (const double value : {0.1, 1.0 / 3.0, 5e-324, 1.7976931348623157e308, -0.0}) {
            QVERIFY(*doubleFromDecimal(decimalFromDouble(value)) == value);
            QVERIFY(*doubleFromDecimal(fullPrecision(value)) == value);
        }
        QVERIFY(!doubleFromDecimal("1,5"));
        QVERIFY(!doubleFromDecimal("1.5 "));
    }

    void hashesMatchPublishedVectors()
    {
        // FIPS 180-4 example and the empty message.
        QCOMPARE(sha256(std::string_view("abc")).hex(),
                 std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(sha256(std::string_view("")).hex(),
                 std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        Sha256 pieces;
        pieces.update("a");
        pieces.update("bc");
        QVERIFY(pieces.finish() == sha256(std::string_view("abc")));
        QCOMPARE(*bytesFromBase64(toBase64("any carnal pleas")), std::string("any carnal pleas"));
        QVERIFY(!bytesFromBase64("YQ"));
        QVERIFY(!bytesFromHex("zz"));
    }

    void guardedTurnsExceptionsIntoErrors()
    {
        const auto failed = guarded([]() -> int { throw Exception(ErrorCode::Io, "no", "try"); });
        QVERIFY(!failed);
        QCOMPARE(failed.error().text(), std::string("no try"));
        QCOMPARE(*guarded([] { return 3; }), 3);
    }
};

QTEST_APPLESS_MAIN(TestBase)
#include "tst_base.moc"
