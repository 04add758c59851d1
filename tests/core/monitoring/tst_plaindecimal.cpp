// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/monitoring/codevector.h"
#include "core/monitoring/pagememory.h"
#include "core/monitoring/plaindecimal.h"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <random>
#include <string>

using namespace countersign;

namespace {

/// Compares with std::from_chars: the same bits and the same end, or no answer. Says whether there was one.
bool agrees(const std::string &text, bool &answered)
{
    const std::string padded = text + ',' + std::string(plainDecimalReach, '7');
    double value = 0;
    const char *end = readPlainDecimal(padded.data(), value);
    answered = end != nullptr;
    if (!answered)
        return true;
    double expected = 0;
    const auto result = std::from_chars(padded.data(), end, expected);
    return result.ec == std::errc{} && result.ptr == end &&
           std::bit_cast<std::uint64_t>(value) == std::bit_cast<std::uint64_t>(expected);
}

std::string digits(std::mt19937_64 &random, std::size_t count)
{
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += static_cast<char>('0' + random() % 10);
    return text;
}

} // namespace

class TestPlainDecimal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyAnswerIsThatOfFromChars()
    {
        std::mt19937_64 random(20260822);
        std::uint64_t answers = 0;
        for (int i = 0; i < 1'000'000; ++i) {
            std::string text = random() % 3 == 0 ? "-" : "";
            text += random() % 4 == 0 ? std::string("0") : digits(random, 1 + random() % 8);
            if (random() % 8 != 0)
                text += '.' + std::string(random() % 4 == 0 ? random() % 6 : 0, '0') + digits(random, random() % 20);
            bool answered = false;
            QVERIFY2(agrees(text, answered), text.c_str());
            answers += answered ? 1 : 0;
        }
        QVERIFY(answers > 700'000);
    }

    /// What other programs write: the shortest and the longest text of a double.
    void printedDoublesComeBack()
    {
        std::mt19937_64 random(7);
        std::lognormal_distribution<double> size(0, 6);
        std::array<char, 64> buffer{};
        for (int i = 0; i < 1'000'000; ++i) {
            const double value = size(random) * (random() % 2 == 0 ? 1 : -1);
            const auto written = i % 2 == 0 ? std::to_chars(buffer.data(), buffer.data() + buffer.size(), value)
                                            : std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                                            std::chars_format::general, 17);
            bool answered = false;
            const std::string text(buffer.data(), written.ptr);
            QVERIFY2(agrees(text, answered), text.c_str());
        }
    }

    /// Decimals in the middle between two doubles and next to it: where rounding is decided.
    void halvesAreRoundedToEven()
    {
        for (const char *text :
             {"9007199254740993", "900719.9254740993", "0.500000000000000166", "0.5000000000000001665", "-0.0", "0.0",
              "1.0000000000000002220", "4503599.627370497", "8.988465674311579538", "0.1", "1.5"}) {
            bool answered = false;
            QVERIFY2(agrees(text, answered), text);
        }
    }

    void otherTextsAreLeftToTheCaller_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
             {"", "-", ".5", "-.5", "5.", "12345678", "NaN", "inf", "+1", " 1", "1.12345678901234567890", "\"1\""})
            QTest::addRow("%s", text) << QString::fromUtf8(text);
    }
    void otherTextsAreLeftToTheCaller()
    {
        QFETCH(QString, text);
        double value = 0;
        const std::string padded = text.toStdString() + ',' + std::string(plainDecimalReach, '7');
        QVERIFY(readPlainDecimal(padded.data(), value) == nullptr);
    }

    void codesGrowWhenTheyMust()
    {
        CodeVector codes;
        std::vector<std::uint32_t> expected;
        for (std::uint32_t i = 0; i < 600; ++i) {
            const std::uint32_t code = i % 7 == 3 ? missingCode : i < 300 ? i % 255 : i;
            codes.push_back(code);
            expected.push_back(code);
        }
        PageStore store(0);
        ColumnMemory memory(store);
        const Codes kept = keptCodes(codes, memory);
        std::vector<std::uint32_t> seen;
        for (const std::uint32_t code : kept)
            seen.push_back(code);
        QCOMPARE(seen, expected);
        seen.clear();
        kept.forEach([&seen](std::uint32_t code) { seen.push_back(code); });
        QCOMPARE(seen, expected);
        std::vector<std::uint32_t> map(600);
        for (std::uint32_t i = 0; i < 600; ++i)
            map[i] = i / 3;
        const Codes replaced = replacedCodes(kept, map, memory);
        for (std::size_t i = 0; i < expected.size(); ++i)
            QCOMPARE(replaced[i], expected[i] == missingCode ? missingCode : expected[i] / 3);
    }

    void narrowCodesGrowWhenTheyAreReplacedByWideOnes()
    {
        CodeVector codes;
        for (const std::uint32_t code : {0U, 1U, missingCode, 2U})
            codes.push_back(code);
        PageStore store(0);
        ColumnMemory memory(store);
        const Codes kept = keptCodes(codes, memory);
        const Codes same = replacedCodes(kept, std::vector<std::uint32_t>{2, 1, 0}, memory);
        QCOMPARE(same.narrow().data(), kept.narrow().data());
        const Codes wide = replacedCodes(same, std::vector<std::uint32_t>{7, 255, 100'000}, memory);
        QCOMPARE(wide.wide().size(), std::size_t{4});
        const std::vector<std::uint32_t> expected{100'000, 255, missingCode, 7};
        for (std::size_t i = 0; i < expected.size(); ++i)
            QCOMPARE(wide[i], expected[i]);
    }
};

QTEST_APPLESS_MAIN(TestPlainDecimal)
#include "tst_plaindecimal.moc"
