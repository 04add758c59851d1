// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/log/canonical.h"

#include <algorithm>
#include <functional>

using namespace countersign;

namespace {

bool refused(const std::function<void()> &call, std::string_view because)
{
    try {
        call();
    } catch (const Exception &exception) {
        if (exception.error().what.find(because) != std::string::npos)
            return exception.error().code == ErrorCode::InvalidInput;
        qWarning("refused, but with the words: %s", exception.what());
    }
    return false;
}

std::string nested(std::size_t depth)
{
    return std::string(depth, '[') + std::string(depth, ']');
}

} // namespace

class TestCanonical : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void membersAreSortedByUtf16CodeUnits()
    {
        // RFC 8785 section 3.2.3: the order is \r, 1, U+0080, U+00F6, U+20AC, U+1F600, U+FB33.
        std::string text = "{'\\u20ac':'Euro Sign','\\r':'Carriage Return','\\ufb33':'Hebrew Letter Dalet With Dagesh',"
                           "'1':'One','\\ud83d\\ude00':'Emoji: Grinning Face','\\u0080':'Control',"
                           "'\\u00f6':'Latin Small Letter O With Diaeresis'}";
        std::replace(text.begin(), text.end(), '\'', '"');
        const auto value = parseStrict(text);
        QCOMPARE(canonicalJson(value),
                 std::string("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xc2\x80\":\"Control\","
                             "\"\xc3\xb6\":\"Latin Small Letter O With Diaeresis\",\"\xe2\x82\xac\":\"Euro Sign\","
                             "\"\xf0\x9f\x98\x80\":\"Emoji: Grinning Face\","
                             "\"\xef\xac\xb3\":\"Hebrew Letter Dalet With Dagesh\"}"));
        QVERIFY(utf16Less("", "a") && utf16Less("a", "aa") && !utf16Less("aa", "a") && !utf16Less("a", "a"));
    }

    void stringsUseTheFewestEscapes()
    {
        // RFC 8785 section 3.2.2.2.
        const auto value = parseStrict("{\"s\":\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\"}");
        QCOMPARE(canonicalJson(value), std::string("{\"s\":\"\xe2\x82\xac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"));
        QCOMPARE(canonicalJson(json::string("\b\t\n\f\r\x7f\x1f")), std::string("\"\\b\\t\\n\\f\\r\x7f\\u001f\""));
        QCOMPARE(canonicalJson(json::value(std::string("a\0b", 3))), std::string("\"a\\u0000b\""));
    }

    void literalsAndIntegersStandAsTheyAre()
    {
        QCOMPARE(
            canonicalJson(parseStrict(" [ true , false, null, 0, -1, 9007199254740991, -9007199254740991, {}, [] ] ")),
            std::string("[true,false,null,0,-1,9007199254740991,-9007199254740991,{},[]]"));
    }

    void whatHasNoExactFormIsNotWritten()
    {
        QVERIFY(refused([] { (void)canonicalJson(json::value(0.5)); }, "floats"));
        QVERIFY(refused([] { (void)canonicalJson(json::value(std::int64_t{9007199254740992})); }, "range"));
        QVERIFY(refused([] { (void)canonicalJson(json::value(std::int64_t{-9007199254740992})); }, "range"));
        QVERIFY(refused([] { (void)canonicalJson(json::value(std::uint64_t{1} << 63)); }, "range"));
        QVERIFY(refused([] { (void)canonicalJson(json::value("\xff")); }, "UTF-8"));
        QVERIFY(refused([] { (void)canonicalJson(json::object{{"\xc0\xaf", 1}}); }, "UTF-8"));
        json::value deep = 1;
        for (int i = 0; i < 65; ++i)
            deep = json::array({deep});
        QVERIFY(refused([&] { (void)canonicalJson(deep); }, "deeper"));
    }

    void hostileJsonIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("because");
        const auto row = [](const char *name, const std::string &text, const char *because) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(because);
        };
        row("empty", "", "cannot be read");
        row("duplicate member", R"({"a":1,"b":2,"a":1})", "\"a\" stands twice");
        row("duplicate by escape", R"({"a":1,"\u0061":2})", "\"a\" stands twice");
        row("duplicate deep inside", R"({"a":[{"b":{"c":1,"c":2}}],"c":3})", "\"c\" stands twice");
        row("float", R"({"a":1.5})", "fraction");
        row("exponent", R"([1e3])", "fraction");
        row("float zero", R"([-0.0])", "fraction");
        row("2^53", "[9007199254740992]", "range");
        row("-2^53", "[-9007199254740992]", "range");
        row("2^63", "[9223372036854775808]", "range");
        row("2^64", "[18446744073709551616]", "digits");
        row("NaN", "[NaN]", "cannot be read");
        row("leading zero", "[01]", "cannot be read");
        row("plus", "[+1]", "cannot be read");
        row("trailing bytes", "{} {}", "after the end");
        row("trailing NUL", std::string("{}\0", 3), "after the end");
        row("trailing comma", "[1,]", "cannot be read");
        row("comment", "[1/**/]", "cannot be read");
        row("BOM", "\xef\xbb\xbf{}", "cannot be read");
        row("invalid UTF-8", "[\"\xc3\x28\"]", "cannot be read");
        row("overlong UTF-8", "[\"\xc0\xaf\"]", "cannot be read");
        row("UTF-8 surrogate", "[\"\xed\xa0\x80\"]", "cannot be read");
        row("lone surrogate", R"(["\ud800"])", "cannot be read");
        row("lone trailing surrogate", R"(["\udc00"])", "cannot be read");
        row("raw control", "[\"\x01\"]", "cannot be read");
        row("65 levels", nested(65), "cannot be read");
        row("a million levels", nested(1'000'000), "cannot be read");
        row("cut off", R"({"a":)", "cannot be read");
    }
    void hostileJsonIsRefused()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, because);
        QVERIFY(refused([&] { (void)parseStrict(text.toStdString()); }, because.toStdString()));
        QVERIFY(refused([&] { (void)parseCanonical(text.toStdString()); }, because.toStdString()));
    }

    void onlyTheOneSpellingIsCanonical()
    {
        for (const std::string text : {R"({"a":1,"b":[2,"\n"]})", "null", R"("é")", "{}"})
            QCOMPARE(canonicalJson(parseCanonical(text)), text);
        QCOMPARE(canonicalJson(parseCanonical(nested(64))), nested(64));
        for (const char *text : {R"({"b":1,"a":2})", R"({"a": 1})", R"({"a":1} )", R"(["\u0041"])", R"(["\/"])",
                                 R"(["\u000A"])", R"(["\u001F"])", "[-0]"}) {
            (void)parseStrict(text);
            QVERIFY2(refused([&] { (void)parseCanonical(text); }, "canonical form"), text);
        }
    }

    void longTextsArriveWhole()
    {
        const std::string text =
            canonicalJson(json::object{{std::string(100'000, 'k'), std::string(3'000'000, 'v') + "\n"}});
        QCOMPARE(canonicalJson(parseCanonical(text)), text);
    }
};

QTEST_APPLESS_MAIN(TestCanonical)
#include "tst_canonical.moc"
