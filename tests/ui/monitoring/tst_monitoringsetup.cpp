// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QTest>

#include "ui/pages/model/monitoringsetup.h"
#include "ui/pages/model/monitoringsetupcolumns.h"

using namespace countersign;
using namespace Qt::StringLiterals;

namespace {

PreviewColumn column(const char *name, ColumnType type, std::uint64_t distinct, bool time = false)
{
    PreviewColumn made;
    made.name = name;
    made.type = type;
    made.distinct = distinct;
    made.isTime = time;
    return made;
}

PreviewColumn identifier(const char *name)
{
    PreviewColumn made = column(name, ColumnType::Categorical, 999);
    made.identifier = true;
    return made;
}

LogPreview preview()
{
    LogPreview made;
    made.columns = {column("day", ColumnType::Categorical, 90, true), column("score", ColumnType::Numeric, 900),
                    column("defaulted", ColumnType::Numeric, 2),      column("income", ColumnType::Numeric, 800),
                    column("region", ColumnType::Categorical, 5),     identifier("customer")};
    made.sampledRows = 1000;
    made.estimatedRows = 5000;
    made.roles.time = "day";
    made.roles.score = "score";
    made.roles.target = "defaulted";
    made.period = PeriodKind::Month;
    return made;
}

RunSettings proposal()
{
    return proposedSettings({{"log.csv"}, {}, {}}, preview(), {}, std::nullopt);
}

} // namespace

class TestMonitoringSetup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void proposesFeaturesButNoDatesAndIdentifiers()
    {
        const RunSettings settings = proposal();
        QCOMPARE(settings.roles.features, std::vector<std::string>({"income", "region"}));
        QCOMPARE(settings.reference.firstPeriods, std::uint64_t(3));
        QVERIFY(problemsWith(settings, preview(), std::nullopt).isEmpty());
    }

    void limitsAreAlwaysThePolicys()
    {
        MonitoringLimits limits;
        limits.psiRed = 0.2;
        limits.minimumRows = 300;
        RunSettings last = proposal();
        last.thresholds.psiRed = 9;
        const RunSettings settings = proposedSettings({{"log.csv"}, {}, {}}, preview(), limits, last);
        QCOMPARE(settings.thresholds.psiRed, 0.2);
        QCOMPARE(settings.thresholds.minimumRows, std::uint64_t(300));
    }

    void repeatsTheLastSetUpOnANewFile()
    {
        RunSettings last = proposal();
        last.path = "may.csv";
        last.roles.features = {"income"};
        last.reference = {};
        last.reference.until = parseDate("2026-01-31");
        const RunSettings settings = proposedSettings({{"june.csv"}, {}, {}}, preview(), {}, last);
        QCOMPARE(settings.path, std::string("june.csv"));
        QCOMPARE(settings.roles.features, std::vector<std::string>{"income"});
        QCOMPARE(settings.reference.until, parseDate("2026-01-31"));
    }

    void doesNotRepeatASetUpThatTheLogNoLongerFits()
    {
        RunSettings last = proposal();
        last.roles.features = {"column that is gone"};
        const RunSettings settings = proposedSettings({{"june.csv"}, {}, {}}, preview(), {}, last);
        QCOMPARE(settings.roles.features.size(), std::size_t(2));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<int>("defect");
        QTest::addColumn<QString>("words");
        QTest::addRow("no time") << 0 << u"Choose the time column"_s;
        QTest::addRow("two parts") << 1 << u"both score and target"_s;
        QTest::addRow("nothing to judge") << 2 << u"Tick at least one feature"_s;
        QTest::addRow("unknown column") << 3 << u"has no column \"gone\""_s;
        QTest::addRow("reference unreadable") << 4 << u"cannot be read"_s;
        QTest::addRow("rows per period") << 5 << u"how many rows"_s;
        QTest::addRow("time is not dates") << 6 << u"does not hold dates"_s;
        QTest::addRow("text as score") << 7 << u"holds text"_s;
        QTest::addRow("segment without column") << 8 << u"segment column"_s;
    }

    void saysWhatIsWrong()
    {
        QFETCH(int, defect);
        QFETCH(QString, words);
        RunSettings settings = proposal();
        switch (defect) {
        case 0:
            settings.roles.time.clear();
            break;
        case 1:
            settings.roles.target = "score";
            break;
        case 2:
            settings.roles.features.clear();
            settings.roles.score.clear();
            break;
        case 3:
            settings.roles.target = "gone";
            break;
        case 4:
            settings.reference.path = "reference.csv";
            break;
        case 5:
            settings.period = PeriodKind::Rows;
            settings.rowsPerPeriod = 0;
            break;
        case 6:
            settings.roles.time = "income";
            break;
        case 7:
            settings.roles.score = "region";
            break;
        default:
            settings.segmentValue = "north";
            break;
        }
        const QString problems = problemsWith(settings, preview(), std::nullopt).join(u'\n');
        QVERIFY2(problems.contains(words), qPrintable(problems));
    }

    void referenceFileNeedsTheFeatures()
    {
        RunSettings settings = proposal();
        settings.reference.path = "reference.csv";
        LogPreview reference = preview();
        QVERIFY(problemsWith(settings, preview(), reference).isEmpty());
        reference.columns.erase(reference.columns.begin() + 3);
        QVERIFY(problemsWith(settings, preview(), reference).join(u' ').contains(u"\"income\""_s));
    }

    void readsImportancesByHeadingOrPosition()
    {
        TextTable table;
        table.source = "importance.csv";
        table.header = {"rank", "Feature", "Importance"};
        table.rows = {{"1", "income", "0.8"}, {"2", "region", "0.2"}};
        table.lines = {2, 3};
        const auto found = importanceFrom(table);
        QVERIFY(found.ok());
        QCOMPARE(found->at("income"), 0.8);
        table.rows[1][2] = "much";
        const auto failed = importanceFrom(table);
        QVERIFY(!failed.ok());
        QVERIFY(QString::fromStdString(failed.error().what).contains(u"line 3"_s));
        table.header = {"only one"};
        QVERIFY(!importanceFrom(table).ok());
    }

    void ticksBecomeRoles()
    {
        MonitoringSetupColumns columns;
        RunSettings settings = proposal();
        columns.setPreview(preview(), settings);
        QCOMPARE(columns.used(), 2);
        using C = MonitoringSetupColumns;
        QVERIFY(!(columns.flags(columns.index(0, C::Use)) & Qt::ItemIsUserCheckable)); // day is the time
        QVERIFY(columns.setData(columns.index(3, C::Categories), Qt::Checked, Qt::CheckStateRole));
        QVERIFY(columns.setData(columns.index(4, C::Use), Qt::Unchecked, Qt::CheckStateRole));
        columns.read(settings);
        const ColumnRoles &roles = settings.roles;
        QCOMPARE(roles.features, std::vector<std::string>{"income"});
        QCOMPARE(roles.categorical, std::set<std::string>{"income"});
        QVERIFY(roles.numeric.empty());
    }

    void groupsAreComparedWithTheOneNamed()
    {
        MonitoringSetupColumns columns;
        const QAbstractItemModelTester tester(&columns);
        RunSettings settings = proposal();
        LogPreview log = preview();
        log.columns[4].values = {"north", "south"};
        columns.setPreview(log, settings);
        using C = MonitoringSetupColumns;
        const QModelIndex comparison = columns.index(4, C::Comparison);
        QVERIFY(!(columns.flags(comparison) & Qt::ItemIsEditable));
        QVERIFY(!columns.setData(comparison, u"south"_s, Qt::EditRole));
        QCOMPARE(comparison.data().toString(), QString());
        QVERIFY(columns.setData(columns.index(4, C::Group), Qt::Checked, Qt::CheckStateRole));
        QCOMPARE(comparison.data().toString(), u"the largest"_s);
        QCOMPARE(comparison.data(C::ChoicesRole).toStringList(), (QStringList{u"north"_s, u"south"_s}));
        columns.read(settings);
        QVERIFY(settings.decision.comparisonGroups.empty());
        QVERIFY(columns.setData(comparison, u" south "_s, Qt::EditRole));
        columns.read(settings);
        const auto name = log.columns[4].name;
        QCOMPARE(settings.roles.groups, std::vector<std::string>{name});
        QCOMPARE(settings.decision.comparisonGroups, (std::map<std::string, std::string>{{name, "south"}}));
        columns.setPreview(log, settings); // as the next run begins
        QCOMPARE(comparison.data().toString(), u"south"_s);
    }

    void specialValuesAreWrittenBetweenSemicolonsAndKeptForTheNextRun()
    {
        MonitoringSetupColumns columns;
        const QAbstractItemModelTester tester(&columns);
        RunSettings settings = proposal();
        columns.setPreview(preview(), settings);
        using C = MonitoringSetupColumns;
        const QModelIndex income = columns.index(3, C::Special);
        QVERIFY(columns.flags(income) & Qt::ItemIsEditable);
        QVERIFY(columns.setData(income, u" -999 ; N/A;;"_s, Qt::EditRole));
        QVERIFY(income.data(Qt::AccessibleTextRole).toString().contains(u"income: special values -999 ; N/A"_s));
        columns.read(settings);
        QCOMPARE(settings.roles.special, (SpecialTexts{{"income", {"-999", "N/A"}}}));
        QVERIFY(problemsWith(settings, preview(), std::nullopt).isEmpty());

        const RunSettings next = proposedSettings({{"log.csv"}, {}, {}}, preview(), {}, settings);
        columns.setPreview(preview(), next);
        QCOMPARE(columns.index(3, C::Special).data().toString(), u"-999; N/A"_s);
        settings.roles.special["income"] = {"-999", "-999.0"};
        QVERIFY(problemsWith(settings, preview(), std::nullopt).join(u' ').contains(u"declared twice"_s));
        LogPreview profile = preview();
        profile.profile = PreviewedProfile{};
        QVERIFY(problemsWith(settings, profile, std::nullopt).join(u' ').contains(u"tells its special values"_s));
    }
};

QTEST_GUILESS_MAIN(TestMonitoringSetup)
#include "tst_monitoringsetup.moc"
