// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QDateEdit>
#include <QSignalSpy>
#include <QTest>

#include "ui/widgets/optionaldate.h"
#include "ui/widgets/text.h"

using namespace countersign;

class TestOptionalDate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhereThereIsNone()
    {
        OptionalDate optional(QStringLiteral("Due"));
        auto *date = optional.findChild<QDateEdit *>();
        QVERIFY(!optional.date());
        QVERIFY(!date->isEnabled());
        QCOMPARE(date->text(), QStringLiteral("not set"));

        optional.setDate(fromQt(QDate(2024, 2, 29)));
        QVERIFY(date->isEnabled());
        QCOMPARE(date->text(), QStringLiteral("2024-02-29"));
        QCOMPARE(toQt(optional.date().value()), QDate(2024, 2, 29));

        optional.setDate({});
        QVERIFY(!optional.date());
        QCOMPARE(date->text(), QStringLiteral("not set"));
    }

    void startsFromWhatIsSuggested()
    {
        OptionalDate optional(QStringLiteral("Due"));
        QSignalSpy changes(&optional, &OptionalDate::changed);
        optional.suggest(fromQt(QDate(2023, 12, 1)));
        QCOMPARE(changes.count(), 0);
        QVERIFY(!optional.date());
        QTest::keyClick(optional.findChild<QCheckBox *>(), Qt::Key_Space);
        QCOMPARE(changes.count(), 1);
        QCOMPARE(toQt(optional.date().value()), QDate(2023, 12, 1));
        QCOMPARE(optional.findChild<QDateEdit *>()->text(), QStringLiteral("2023-12-01"));

        optional.suggest(fromQt(QDate(2020, 1, 1))); // there is one already
        QCOMPARE(toQt(optional.date().value()), QDate(2023, 12, 1));
    }
};

QTEST_MAIN(TestOptionalDate)
#include "tst_optionaldate.moc"
