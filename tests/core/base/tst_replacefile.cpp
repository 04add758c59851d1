// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/error.h"
#include "core/base/replacefile.h"

using namespace countersign;
using namespace Qt::StringLiterals;

/// A file is replaced as a whole or stays as it was.
class TestReplaceFile : public QObject
{
    Q_OBJECT

    static QByteArray contents(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("none");
    }

private Q_SLOTS:
    void theNewFileStandsInThePlaceOfTheOld()
    {
        const QTemporaryDir folder;
        const auto path = folder.filePath(u"a.txt"_s);
        for (const bool synced : {true, false}) {
            const std::string bytes(synced ? 100'000 : 3, 'x');
            replaceFile(path.toStdString(), bytes, {.ownerOnly = false, .synced = synced});
            QCOMPARE(contents(path).toStdString(), bytes);
        }
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{u"a.txt"_s});
    }

    void onlyTheOwnerReadsAPrivateFile()
    {
        const QTemporaryDir folder;
        const auto path = folder.filePath(u"key"_s);
        replaceFile(path.toStdString(), "secret", {.ownerOnly = true, .synced = true});
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QCOMPARE(QFile::permissions(path) & others, QFile::Permissions());
    }

    void whatCannotBeReplacedStaysAndLeavesNothingBeside()
    {
        const QTemporaryDir folder;
        const auto path = folder.filePath(u"taken"_s);
        QVERIFY(QDir(folder.path()).mkpath(u"taken/inside"_s)); // a folder in the place of the file
        try {
            replaceFile(path.toStdString(), "text");
            QFAIL("was replaced");
        } catch (const Exception &failure) {
            QCOMPARE(failure.error().code, ErrorCode::Io);
            QVERIFY(failure.error().what.find("taken") != std::string::npos);
            QVERIFY(!failure.error().remedy.empty());
        }
        QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList{u"taken"_s});
    }

    void aFolderThatIsNotThereIsSaid()
    {
        const QTemporaryDir folder;
        QVERIFY_THROWS_EXCEPTION(Exception, replaceFile(folder.filePath(u"no/such/file"_s).toStdString(), "text"));
    }
};

QTEST_GUILESS_MAIN(TestReplaceFile)
#include "tst_replacefile.moc"
