// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an editor of packs knows: what may stand where, and what two packs say differently.
#include <QTest>

#include "core/policy/builtinpacks.h"
#include "core/policy/packdifferences.h"
#include "core/policy/packplaces.h"

using namespace countersign;

namespace {

PolicyPack shipped(std::string_view id)
{
    for (const auto &pack : builtInPolicyPacks())
        if (pack.id == id)
            return parsePolicyPack(pack.text);
    qFatal("no such pack");
}

/// Every place of a JSON text with its value.
void walk(const json::value &value, const std::string &path,
          const std::function<void(const std::string &, const json::value &)> &visit)
{
    visit(path, value);
    if (value.is_object())
        for (const auto &member : value.get_object())
            walk(member.value(), path.empty() ? std::string(member.key()) : path + "." + std::string(member.key()),
                 visit);
    if (value.is_array())
        for (std::size_t i = 0; i < value.get_array().size(); ++i)
            walk(value.get_array()[i], path + "[" + std::to_string(i) + "]", visit);
}

bool isA(const json::value &value, const PackPlace &place)
{
    switch (place.kind) {
    case PlaceKind::list:
        return value.is_array();
    case PlaceKind::map:
    case PlaceKind::record:
        return value.is_object();
    case PlaceKind::whole:
        return value.is_int64();
    case PlaceKind::yesNo:
        return value.is_bool();
    case PlaceKind::text:
    case PlaceKind::decimal:
    case PlaceKind::day:
    case PlaceKind::word:
        return value.is_string();
    }
    return false;
}

} // namespace

class TestPackPlaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPlaceOfEveryPackIsKnown_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const auto &pack : builtInPolicyPacks())
            QTest::newRow(std::string(pack.id).c_str()) << QByteArray(pack.text.data(), qsizetype(pack.text.size()));
    }

    void everyPlaceOfEveryPackIsKnown()
    {
        QFETCH(QByteArray, text);
        int places = 0;
        walk(json::parse(text.toStdString()), {}, [&](const std::string &path, const json::value &value) {
            ++places;
            const auto place = packPlace(path);
            QVERIFY2(place, path.c_str());
            QVERIFY2((place->optional && value.is_null()) || isA(value, *place), path.c_str());
            if (value.is_string() && !place->words.empty() && !value.get_string().empty()) {
                const std::string word(value.get_string());
                QVERIFY2(std::ranges::find(place->words, word) != place->words.end(), (path + ": " + word).c_str());
            }
        });
        QVERIFY(places > 300);
    }

    void aFreshItemHasTheShapeOfItsList()
    {
        const auto tiers = packPlace("tiers");
        QVERIFY(tiers && tiers->kind == PlaceKind::list);
        QCOMPARE(tiers->freshItem.at("reviewMonths").as_int64(), 12);
        const auto roles = packPlace("permissions.modelEdited");
        QVERIFY(roles && roles->kind == PlaceKind::list);
        QCOMPARE(packPlace("permissions.modelEdited[0]")->words.size(), enumValues<Role>().size());
        QVERIFY(!packPlace("permissions")->words.empty());
        QVERIFY(packPlace("supersededOn")->optional);
        QCOMPARE(packPlace("supersededOn")->kind, PlaceKind::day);
    }

    void aPlaceThatIsNoneIsNothing()
    {
        for (const char *path :
             {"tires", "tiers.level", "tiers[0].level[1]", "title.text", "tiers[", "[0]", "tiers[0]..a"})
            QVERIFY2(!packPlace(path) || std::string(path) == "tiers[", path);
    }

    void aPackDoesNotDifferFromItself()
    {
        auto later = shipped("sr-26-2");
        ++later.version;
        std::ranges::reverse(later.approvals);
        QVERIFY(packDifferences(shipped("sr-26-2"), later).empty());
    }

    void whatIsEditedAddedAndTakenAwayIsNamed()
    {
        const auto before = shipped("sr-26-2");
        auto after = before;
        after.tiers.back().reviewMonths = 37;
        after.permissions["modelEdited"] = {Role::validator};
        after.fields.pop_back();
        Deputy deputy;
        deputy.person = "A";
        deputy.deputy = "B";
        after.deputies.push_back(deputy);
        const auto changes = packDifferences(before, after);
        const auto change = [&](const std::string &field) {
            const auto found = std::ranges::find(changes, field, &FieldChange::field);
            return found == changes.end() ? FieldChange{} : *found;
        };
        const auto review = change("tiers: " + std::to_string(after.tiers.back().level) + ": review months");
        QCOMPARE(review.before, std::to_string(before.tiers.back().reviewMonths));
        QCOMPARE(review.after, std::string("37"));
        QCOMPARE(change("permissions: model edited").after, std::string("validator"));
        QVERIFY(change("fields: " + before.fields.back().field).after.empty());
        QCOMPARE(changes.size(), std::size_t{4});
        QCOMPARE(packDifferences(after, before).size(), std::size_t{4});
    }

    void twoShippedPacksDifferInBothDirectionsAlike()
    {
        const auto one = packDifferences(shipped("sr-26-2"), shipped("ss1-23"));
        const auto other = packDifferences(shipped("ss1-23"), shipped("sr-26-2"));
        QVERIFY(!one.empty());
        QCOMPARE(one.size(), other.size());
    }
};

QTEST_APPLESS_MAIN(TestPackPlaces)
#include "tst_packplaces.moc"
