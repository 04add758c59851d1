// SPDX-License-Identifier: GPL-3.0-or-later
//
// Logs of what should not be there: no number is too large, no column too empty, no month too short for a run to end
// well, to be recorded, and to be computed again from what was recorded.
#include <QTest>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/monitoring/comparison.h"
#include "core/workspace/runsummary.h"

#include <QTemporaryDir>
#include <array>
#include <fstream>
#include <random>

using namespace countersign;

namespace {

enum class Kind {
    Constant,
    Zero,
    Huge,
    Tiny,
    Mixed,
    Apart,
    Unit,
    Missing,
    OfMonth,
    Texts,
    NewTexts,
    Identifiers,
    Binary
};
constexpr int kinds = 13;

class LogMaker
{
public:
    explicit LogMaker(unsigned seed)
        : m_random(seed)
    {
    }

    [[nodiscard]] std::string text()
    {
        constexpr std::array sizes{0, 1, 2, 3, 30, 300, 2000};
        std::array<Kind, 9> columns{};
        for (Kind &kind : columns)
            kind = static_cast<Kind>(below(kinds));
        std::string text = "ts,a,b,c,d,e,f,score,target,prediction\n2024-01-11,1,1,1,1,1,1,0.5,1,1\n";
        for (int month = 1; month <= 7; ++month) {
            const int rows = sizes[static_cast<std::size_t>(below(static_cast<int>(sizes.size())))];
            for (int row = 0; row < rows; ++row) {
                text += "2024-0" + std::to_string(month) + "-1" + std::to_string(row % 9);
                for (const Kind kind : columns)
                    text += ',' + cell(kind, month, row);
                text += '\n';
            }
        }
        return text + "2024-08-11,1,1,1,1,1,1,0.5,0,1\n";
    }
    [[nodiscard]] int below(int limit) { return static_cast<int>(m_random() % static_cast<unsigned>(limit)); }

private:
    [[nodiscard]] std::string cell(Kind kind, int month, int row)
    {
        static constexpr std::array odd{"1e308", "-1e308", "1e-308", "0", "-0", "5e-324", "inf", "-inf", "nan", ""};
        switch (kind) {
        case Kind::Constant:
            return "5";
        case Kind::Zero:
            return "0";
        case Kind::Huge:
            return (below(2) == 0 ? "-" : "") + std::to_string(1 + below(9)) + "e307";
        case Kind::Tiny:
            return std::to_string(1 + below(9)) + "e-320";
        case Kind::Mixed:
            return odd[static_cast<std::size_t>(below(static_cast<int>(odd.size())))];
        case Kind::Apart:
            return std::to_string(month * 100'000 + row);
        case Kind::Unit:
            return "0." + std::to_string(100 + below(900));
        case Kind::Missing:
            return "";
        case Kind::OfMonth:
            return std::to_string(month);
        case Kind::Texts:
            return std::string(1, "abc"[below(3)]);
        case Kind::NewTexts:
            return "month" + std::to_string(month);
        case Kind::Identifiers:
            return "id" + std::to_string(month) + '-' + std::to_string(row);
        case Kind::Binary:
            break;
        }
        return below(4) == 0 ? "1" : "0";
    }

    std::minstd_rand m_random;
};

} // namespace

class TestExtremeLogs : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

private Q_SLOTS:
    void everyRunEndsWellAndIsRecorded_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 16; ++seed)
            QTest::addRow("log %u", seed) << seed;
    }
    void everyRunEndsWellAndIsRecorded()
    {
        QFETCH(const unsigned, seed);
        LogMaker maker(seed);
        RunSettings settings;
        settings.path = m_folder.filePath(QStringLiteral("log.csv")).toStdString();
        std::ofstream(settings.path, std::ios::binary) << maker.text();
        settings.roles.time = "ts";
        settings.roles.target = "target";
        (maker.below(2) == 0 ? settings.roles.score : settings.roles.prediction) =
            maker.below(2) == 0 ? "score" : "prediction";
        if (maker.below(3) == 0)
            settings.roles.groups = {"a"};
        settings.period = maker.below(3) == 0 ? PeriodKind::Week : PeriodKind::Month;
        settings.reference.firstPeriods = static_cast<std::uint64_t>(1 + maker.below(3));
        settings.thresholds.minimumRows = maker.below(2) == 0 ? 1 : 100;
        settings.thresholds.psiRule = static_cast<LimitRule>(maker.below(3));
        try {
            const RecordableRun recordable = recordableRun(run(settings), {});
            const RunResult stored = runFromStored({RunId("r"), recordable.summary.result, recordable.bytes});
            QCOMPARE(recordableRun(stored, {}).bytes, recordable.bytes);
            QCOMPARE(recordableRun(recompute(stored), {}).bytes, recordable.bytes);

            DriftRequest request;
            request.path = settings.path;
            request.roles = settings.roles;
            request.period = settings.period;
            request.reference = settings.reference;
            request.statistics = MetricExtent::All;
            request.asTools = {"evidently", "frouros", "nannyml"};
            QVERIFY(!driftOverTime(request).periods.empty());
        } catch (const Exception &exception) { // a score that is text, say
            QVERIFY2(exception.error().code == ErrorCode::InvalidInput && !exception.error().remedy.empty(),
                     exception.error().text().c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestExtremeLogs)
#include "tst_extremelogs.moc"
