// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include "core/policy/builtinpacks.h"
#include "ui/pages/policy/packtreemodel.h"
#include "ui/widgets/text.h"

using namespace countersign;
using namespace Qt::StringLiterals;

namespace {

json::value shipped()
{
    return json::parse(builtInPolicyPack());
}

} // namespace

class TestPackTreeModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyShippedPackGoesInAndOutUnchanged()
    {
        for (const auto &pack : builtInPolicyPacks()) {
            PackTreeModel model;
            const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
            model.setPack(json::parse(pack.text));
            QCOMPARE(json::serialize(model.pack()), json::serialize(json::parse(pack.text)));
        }
    }

    void placesAreFoundAndNamed()
    {
        PackTreeModel model;
        model.setPack(shipped());
        const auto index = model.find(u"tiers[1].reviewMonths"_s);
        QCOMPARE(model.path(index), u"tiers[1].reviewMonths"_s);
        QCOMPARE(index.data().toString(), u"Review months"_s);
        QCOMPARE(model.place(index)->kind, PlaceKind::whole);
        QCOMPARE(model.path(model.find(u"tiers[1].nothing"_s)), u"tiers[1]"_s);
        QVERIFY(!model.find(u"nothing"_s).isValid());
        QVERIFY(!model.find(u"[x"_s).isValid());
        QCOMPARE(model.find(u"tiers[0]"_s).data().toString(),
                 toQt(parsePolicyPack(builtInPolicyPack()).tiers[0].label));
    }

    void valuesAreEditedByTheirKind()
    {
        PackTreeModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setPack(shipped());
        const QSignalSpy edited(&model, &PackTreeModel::edited);
        const auto value = [&](const char *path) {
            return model.find(QString::fromLatin1(path)).siblingAtColumn(PackTreeModel::Value);
        };
        QVERIFY(model.setData(value("tiers[0].reviewMonths"), u"9"_s, Qt::EditRole));
        QVERIFY(!model.setData(value("tiers[0].reviewMonths"), u"nine"_s, Qt::EditRole));
        QVERIFY(model.setData(value("tiers[0].validationRequired"), false, Qt::EditRole));
        QVERIFY(model.setData(value("title"), u"Ours"_s, Qt::EditRole));
        QVERIFY(model.setData(value("supersededOn"), u"2026-04-17"_s, Qt::EditRole));
        QCOMPARE(edited.count(), 4);
        auto pack = model.pack();
        QCOMPARE(pack.at("tiers").at(0).at("reviewMonths").as_int64(), 9);
        QCOMPARE(pack.at("tiers").at(0).at("validationRequired").as_bool(), false);
        QVERIFY(pack.at("supersededOn").is_string());
        QVERIFY(model.setData(value("supersededOn"), QString(), Qt::EditRole));
        pack = model.pack();
        QVERIFY(pack.at("supersededOn").is_null());
        QVERIFY(!model.flags(model.find(u"tiers"_s)).testFlag(Qt::ItemIsEditable));
    }

    void itemsAreAddedCopiedMovedAndTakenOut()
    {
        PackTreeModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setPack(shipped());
        const auto controls = QPersistentModelIndex(model.find(u"controls"_s));
        const int before = model.rowCount(controls);
        const auto added = model.add(controls);
        QCOMPARE(added.row(), before);
        QVERIFY(model.isItem(added));
        QCOMPARE(model.move(added, -1).row(), before - 1);
        QVERIFY(!model.canMove(model.index(0, 0, controls), -1));
        const auto copy = model.duplicate(model.index(0, 0, controls));
        QCOMPARE(copy.row(), 1);
        QCOMPARE(copy.data(), model.index(0, 0, controls).data());
        model.remove(copy);
        model.remove(model.index(before - 1, 0, controls));
        QCOMPARE(json::serialize(model.pack()), json::serialize(shipped()));
        QVERIFY(!model.isItem(model.find(u"title"_s)));
        model.remove(model.find(u"title"_s));
        QVERIFY(model.find(u"title"_s).isValid());
    }

    void aMapTakesTheKeysItDoesNotHave()
    {
        PackTreeModel model;
        model.setPack(shipped());
        const auto permissions = QPersistentModelIndex(model.find(u"permissions"_s));
        QVERIFY(!model.canAdd(permissions) || !model.freeKeys(permissions).isEmpty());
        model.remove(model.find(u"permissions.modelEdited"_s));
        QVERIFY(model.freeKeys(permissions).contains(u"modelEdited"_s));
        QVERIFY(model.add(permissions, u"modelEdited"_s).isValid());
        QVERIFY(!model.add(permissions, u"modelEdited"_s).isValid());
        const auto role = model.add(model.find(u"permissions.modelEdited"_s));
        QCOMPARE(model.path(role), u"permissions.modelEdited[0]"_s);
        QVERIFY(model.setData(role.siblingAtColumn(PackTreeModel::Value), u"validator"_s, Qt::EditRole));
    }

    void faultsMarkTheirPlaceAndThoseAroundIt()
    {
        PackTreeModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setPack(shipped());
        QPixmap drawn(1, 1);
        model.setFaults({{"tiers[1].label", 3, "is there twice."}}, QIcon(drawn));
        const auto marked = [&](const char *path) {
            return !model.find(QString::fromLatin1(path)).data(Qt::DecorationRole).isNull();
        };
        QVERIFY(marked("tiers"));
        QVERIFY(marked("tiers[1]"));
        QVERIFY(marked("tiers[1].label"));
        QVERIFY(!marked("tiers[0]"));
        QCOMPARE(model.find(u"tiers[1].label"_s).data(Qt::ToolTipRole).toString(), u"is there twice."_s);
        model.setFaults({}, {});
        QVERIFY(!marked("tiers"));
    }
};

QTEST_MAIN(TestPackTreeModel)
#include "tst_packtreemodel.moc"
