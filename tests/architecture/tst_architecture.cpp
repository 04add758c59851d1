// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace {

/// What each room of core may include besides itself: the arrows of the design.
const QMap<QString, QSet<QString>> arrows = {
    {u"base"_s, {}},
    {u"domain"_s, {u"base"_s}},
    {u"policy"_s, {u"base"_s, u"domain"_s}},
    {u"log"_s, {u"base"_s, u"domain"_s}},
    {u"keys"_s, {u"base"_s}},
    {u"store"_s, {u"base"_s, u"domain"_s, u"log"_s}},
    {u"stats"_s, {u"base"_s}},
    {u"monitoring"_s, {u"base"_s, u"stats"_s, u"domain"_s}},
    {u"exchange"_s, {u"base"_s, u"domain"_s, u"log"_s, u"monitoring"_s, u"stats"_s}},
    {u"report"_s, {u"base"_s, u"domain"_s, u"monitoring"_s, u"policy"_s}},
    {u"workspace"_s,
     {u"base"_s, u"domain"_s, u"policy"_s, u"log"_s, u"keys"_s, u"store"_s, u"stats"_s, u"monitoring"_s, u"exchange"_s,
      u"report"_s}},
};

/// The window sees the use cases and the values, never the file or the log.
const QSet<QString> roomsOpenToUi = {u"base"_s,       u"domain"_s, u"policy"_s,  u"workspace"_s,
                                     u"monitoring"_s, u"report"_s, u"exchange"_s};

struct Source
{
    QString path; ///< relative to the project
    QStringList lines;
    bool header = false;
};

const QList<Source> &sources()
{
    static const QList<Source> all = [] {
        QList<Source> found;
        const QDir root(QStringLiteral(SOURCE_DIR));
        for (const auto &top : {u"app"_s, u"core"_s, u"ui"_s, u"tests"_s}) {
            QDirIterator files(root.filePath(top), {u"*.h"_s, u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                const auto path = files.next();
                QFile file(path);
                if (file.open(QIODevice::ReadOnly))
                    found.append({root.relativeFilePath(path), QString::fromUtf8(file.readAll()).split(u'\n'),
                                  path.endsWith(u".h")});
            }
        }
        return found;
    }();
    return all;
}

QString includedBy(const QString &line)
{
    static const QRegularExpression include(u"^\\s*#\\s*include\\s*[\"<]([^\">]+)[\">]"_s);
    return include.match(line).captured(1);
}

void expectNone(const QStringList &faults)
{
    if (!faults.isEmpty())
        QFAIL(qPrintable(u"\n"_s + faults.join(u'\n')));
}

} // namespace

class TestArchitecture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(sources().size() > 50, "the sources were not found"); }

    void includesFollowTheArrows()
    {
        QStringList faults;
        for (const auto &source : sources()) {
            const auto parts = source.path.split(u'/');
            for (const auto &line : source.lines) {
                const auto included = includedBy(line);
                if (included.isEmpty())
                    continue;
                const auto target = included.split(u'/');
                const auto fault = [&](const QString &why) {
                    faults << source.path + u": "_s + included + u" "_s + why;
                };
                if (parts[0] == u"core"_s) {
                    if (target[0] == u"ui"_s || target[0] == u"app"_s)
                        fault(u"(core knows neither window nor programs)"_s);
                    if (QRegularExpression(u"^Q[A-Z]|^Qt"_s).match(target[0]).hasMatch())
                        fault(u"(core is without Qt)"_s);
                    if (target[0] == u"core"_s && target.value(1) != parts[1] &&
                        !arrows[parts[1]].contains(target.value(1)))
                        fault(u"(no arrow from "_s + parts[1] + u" to "_s + target.value(1) + u")"_s);
                } else if (parts[0] == u"ui"_s) {
                    if (target[0] == u"core"_s && !roomsOpenToUi.contains(target.value(1)))
                        fault(u"(closed to the window)"_s);
                    if (target[0] == u"app"_s)
                        fault(u"(the window does not know the programs)"_s);
                    if ((target[0].startsWith(u"QtCharts"_s) ||
                         included.contains(QRegularExpression(
                             u"^Q(Chart|ChartView|.*Series|.*Axis|BarSet|BoxSet|LegendMarker)$"_s))) &&
                        parts[1] != u"charts"_s)
                        fault(u"(only ui/charts knows Qt Charts)"_s);
                    if ((target[0] == u"QThread"_s || target[0] == u"QtConcurrent"_s || target[0] == u"QThreadPool"_s ||
                         included == u"thread"_s) &&
                        parts[1] != u"jobs"_s)
                        fault(u"(only ui/jobs knows threads)"_s);
                }
            }
        }
        expectNone(faults);
    }

    void everyRoomHasItsArrows()
    {
        const QDir core(QStringLiteral(SOURCE_DIR "/core"));
        for (const auto &room : core.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            QVERIFY2(arrows.contains(room), qPrintable(room));
    }

    void filesStaySmall()
    {
        QStringList faults;
        for (const auto &source : sources()) {
            const auto most = source.header ? 300 : 800;
            if (source.lines.size() > most)
                faults << source.path + u": %1 lines, at most %2"_s.arg(source.lines.size()).arg(most);
        }
        expectNone(faults);
    }

    void everyFileSaysItsLicence()
    {
        QStringList faults;
        for (const auto &source : sources())
            if (source.lines.value(0) != u"// SPDX-License-Identifier: GPL-3.0-or-later"_s)
                faults << source.path;
        expectNone(faults);
    }

    void bannedWordsStayOut()
    {
        struct Ban
        {
            QRegularExpression word;
            QRegularExpression where;
            QString why;
        };
        const QList<Ban> bans = {
            {QRegularExpression(u"\\bQEventLoop\\b|processEvents"_s), QRegularExpression(u"^(ui|app)/"_s),
             u"no nested event loop"_s},
            {QRegularExpression(u"\\bTODO\\b|\\bFIXME\\b|\\bXXX\\b"_s), QRegularExpression(u"^(core|ui|app)/"_s),
             u"unfinished"_s},
            {QRegularExpression(u"\\bstd::thread\\b|\\bstd::jthread\\b|\\bstd::async\\b"_s),
             QRegularExpression(u"^core/(?!monitoring/)|^app/"_s), u"core starts threads only in monitoring"_s},
            {QRegularExpression(u"\\binstance\\(\\)"_s), QRegularExpression(u"^core/"_s), u"no singletons"_s},
            {QRegularExpression(u"\\b(QSharedPointer|QScopedPointer|foreach|Q_FOREACH)\\b"_s),
             QRegularExpression(u"^(ui|app)/"_s), u"use the standard library"_s},
            {QRegularExpression(u"journal_mode\\s*=\\s*WAL"_s, QRegularExpression::CaseInsensitiveOption),
             QRegularExpression(u"^core/"_s), u"rollback journal only"_s},
            {QRegularExpression(u"\\b(SELECT|INSERT INTO|DELETE FROM|UPDATE \\w+ SET)\\b"_s),
             QRegularExpression(u"^(core/(?!store/|monitoring/(parquet|sql)/)|ui/|app/)"_s),
             u"SQL lives in core/store and where logs are read by SQL"_s},
            {QRegularExpression(u"QThread::(m|u)?sleep|QTest::qSleep|sleep_for"_s),
             QRegularExpression(u"^(tests/(?!architecture/)|ui/)"_s), u"nobody sleeps"_s},
            {QRegularExpression(u"#pragma GCC diagnostic"_s), QRegularExpression(u"^(core|ui|app)/"_s),
             u"warnings are mended, not hidden"_s},
        };
        QStringList faults;
        for (const auto &source : sources())
            for (const auto &ban : bans)
                if (ban.where.match(source.path).hasMatch())
                    for (qsizetype line = 0; line < source.lines.size(); ++line)
                        if (ban.word.match(source.lines[line]).hasMatch())
                            faults << u"%1:%2: %3"_s.arg(source.path).arg(line + 1).arg(ban.why);
        expectNone(faults);
    }

    void nothingOfSharedIsCommitted()
    {
        const QDir shared(QStringLiteral(SHARED_DIR));
        if (!shared.exists(u"data"_s))
            QSKIP("no shared data beside the project");
        QSet<qint64> sizes;
        for (const auto &folder : {u"data"_s, u"expected"_s, u"expected/cases"_s})
            for (const auto &file : QDir(shared.filePath(folder)).entryInfoList(QDir::Files))
                if (file.suffix() != u"md"_s)
                    sizes << file.size();
        QStringList faults;
        QDirIterator files(QStringLiteral(SOURCE_DIR "/resources"), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            files.next();
            if (sizes.contains(files.fileInfo().size()))
                faults << files.filePath();
        }
        expectNone(faults);
    }
};

QTEST_APPLESS_MAIN(TestArchitecture)
#include "tst_architecture.moc"
