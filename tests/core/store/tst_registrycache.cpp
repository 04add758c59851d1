// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/store/registrycache.h"
#include "tests/core/store/teststore.h"

#include <random>

using namespace countersign;
using namespace countersign::test;

namespace {

MerkleTree treeOf(std::uint64_t size)
{
    MerkleTree tree;
    for (std::uint64_t i = 0; i < size; ++i)
        tree.append(leafHash(std::to_string(i)));
    return tree;
}

CacheBatch batch(std::uint64_t from, std::uint64_t to)
{
    CacheBatch result;
    result.from = from;
    result.to = treeOf(to);
    return result;
}

} // namespace

class TestRegistryCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_file = fs::path(m_dir->path().toStdString()) / "deep" / "log.registry";
    }

    void whatWasAppliedIsThereAtTheNextStart()
    {
        {
            RegistryCache cache(m_file, 3);
            QCOMPARE(cache.position().size(), 0U);
            auto first = batch(0, 2);
            first.upserts = {{"model", "m2", "{}"}, {"model", "m1", R"({"name":"é"})"}, {"finding", "f1", "{}"}};
            first.timeline = {{1, 1, "m1", "b"}, {1, 0, "m1", "a"}};
            QVERIFY(cache.apply(first));
            auto second = batch(2, 3);
            second.upserts = {{"model", "m2", R"({"v":2})"}};
            second.erased = {{"finding", "f1"}, {"finding", "never there"}};
            second.timeline = {{2, 0, "m2", "c"}};
            QVERIFY(cache.apply(second));
        }
        RegistryCache cache(m_file, 3);
        QVERIFY(cache.position().head() == treeOf(3).head());
        const auto contents = cache.load();
        QVERIFY(contents);
        QCOMPARE(contents->records.size(), 2U);
        QCOMPARE(contents->records[0].id, std::string("m1"));
        QCOMPARE(contents->records[0].body, std::string(R"({"name":"é"})"));
        QCOMPARE(contents->records[1].body, std::string(R"({"v":2})"));
        QCOMPARE(contents->timeline.size(), 3U);
        QCOMPARE(contents->timeline[0].body + contents->timeline[1].body + contents->timeline[2].body,
                 std::string("abc"));
        QVERIFY(contents->position.head() == treeOf(3).head());
        cache.clear();
        QCOMPARE(cache.position().size(), 0U);
        QVERIFY(cache.load()->records.empty() && cache.load()->timeline.empty());
    }

    void aCacheThatAnotherWindowMovedOnIsLeftAlone()
    {
        RegistryCache one(m_file, 1);
        RegistryCache two(m_file, 1);
        auto change = batch(0, 1);
        change.upserts = {{"model", "m1", "one"}};
        QVERIFY(one.apply(change));
        change.upserts[0].body = "two";
        QVERIFY(!two.apply(change));
        QCOMPARE(two.load()->records[0].body, std::string("one"));
        QVERIFY(two.apply(batch(1, 2)));
        QCOMPARE(one.position().size(), 2U);
    }

    void anotherSchemaBeginsAnew()
    {
        QVERIFY(RegistryCache(m_file, 1).apply(batch(0, 5)));
        QCOMPARE(RegistryCache(m_file, 1).position().size(), 5U);
        QCOMPARE(RegistryCache(m_file, 2).position().size(), 0U);
    }

    void foreignAndDamagedFilesBeginAnew()
    {
        auto filled = batch(0, 5);
        for (int i = 0; i < 500; ++i)
            filled.upserts.push_back({"model", std::to_string(i), std::string(200, 'x')});
        QVERIFY(RegistryCache(m_file, 1).apply(filled));
        const std::string whole = readBytes(m_file);
        for (const std::string &bytes :
             {std::string(), std::string("not a database at all"), whole.substr(0, whole.size() / 2),
              whole.substr(0, 100), std::string(whole.size(), '\xff')}) {
            writeBytes(m_file, bytes);
            RegistryCache cache(m_file, 1);
            QCOMPARE(cache.position().size(), 0U);
            QVERIFY(cache.apply(batch(0, 1)));
        }
        fs::remove(m_file);
        QCOMPARE(RawFile(m_file).run("CREATE TABLE record(a); PRAGMA application_id=1"), std::string());
        QCOMPARE(RegistryCache(m_file, 1).position().size(), 0U);
    }

    void noDamageMakesItThrow()
    {
        auto filled = batch(0, 5);
        for (int i = 0; i < 500; ++i)
            filled.upserts.push_back({"model", std::to_string(i), std::string(200, 'x')});
        QVERIFY(RegistryCache(m_file, 1).apply(filled));
        const std::string whole = readBytes(m_file);
        std::mt19937 random(7);
        for (int round = 0; round < 200; ++round) {
            std::string damaged = whole;
            for (int flips = 1 + round % 16; flips > 0; --flips) {
                const auto at = random() % damaged.size();
                damaged[at] = static_cast<char>(random());
            }
            writeBytes(m_file, damaged);
            RegistryCache cache(m_file, 1);
            const auto contents = cache.load();
            QVERIFY(!contents || contents->position.size() == cache.position().size());
        }
    }

    void aPositionThatDoesNotFitItselfBeginsAnew()
    {
        QVERIFY(RegistryCache(m_file, 1).apply(batch(0, 5)));
        QCOMPARE(RawFile(m_file).run("UPDATE position SET size = 7"), std::string());
        QCOMPARE(RegistryCache(m_file, 1).position().size(), 0U);
        QVERIFY(RegistryCache(m_file, 1).apply(batch(0, 5)));
        QCOMPARE(RawFile(m_file).run("UPDATE position SET root = zeroblob(32)"), std::string());
        QCOMPARE(RegistryCache(m_file, 1).position().size(), 0U);
    }

    void onlyItsOwnerReadsIt()
    {
        RegistryCache cache(m_file, 1);
        QVERIFY((fs::status(m_file).permissions() & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none);
    }

    void theDefaultFileFollowsTheEnvironment()
    {
        qputenv("XDG_CACHE_HOME", "/cache");
        QCOMPARE(RegistryCache::defaultFile("abc").string(), std::string("/cache/countersign/abc.registry"));
        qunsetenv("XDG_CACHE_HOME");
        qputenv("HOME", "/home/x");
        QCOMPARE(RegistryCache::defaultFile("abc").string(), std::string("/home/x/.cache/countersign/abc.registry"));
    }

    void aPlaceThatCannotBeWrittenIsSaid()
    {
        writeBytes(fs::path(m_dir->path().toStdString()) / "file", "x");
        const fs::path below = fs::path(m_dir->path().toStdString()) / "file" / "log.registry";
        QVERIFY(fails([&] { RegistryCache cache(below, 1); }, ErrorCode::Io, "cannot be opened"));
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_file;
};

QTEST_APPLESS_MAIN(TestRegistryCache)
#include "tst_registrycache.moc"
