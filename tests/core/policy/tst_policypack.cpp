// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/domain/fact.h"
#include "core/policy/builtinpacks.h"
#include "core/policy/rules.h"
#include "tests/core/domain/world.h"

using namespace countersign;

class TestPolicyPack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyBuiltInPackParses()
    {
        QVERIFY(!builtInPolicyPacks().empty());
        for (const auto &pack : builtInPolicyPacks())
            QCOMPARE(parsePolicyPack(pack.text).id, std::string(pack.id));
    }

    void theFirstEntryIsAllowed()
    {
        world::World w;
        const std::string text(builtInPolicyPack());
        const auto pack = parsePolicyPack(text);
        const auto act = w.act(w.admin, {WorkspaceCreated{"Example Bank"}, world::policy(text), UserEnrolled{w.admin}});
        checkConsistent(w.registry, act);
        QCOMPARE(whyForbidden(pack, w.registry, act).value_or(""), std::string());
        apply(w.registry, act);
        w.registry = {};
        w.openWithModel(text);
        QCOMPARE(w.registry.models.size(), std::size_t(1));
    }
};

QTEST_APPLESS_MAIN(TestPolicyPack)
#include "tst_policypack.moc"
