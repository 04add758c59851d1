// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <pwd.h>
#include <unistd.h>

/// A PostgreSQL of the test's own, on a socket in a folder that goes away with it. The user "owner" needs no password,
/// "reader" the one of password().
class PostgresServer
{
public:
    /// Why there can be none here; empty where there can.
    [[nodiscard]] static QString obstacle()
    {
        if (program(QStringLiteral("initdb")).isEmpty() || program(QStringLiteral("psql")).isEmpty())
            return QStringLiteral("PostgreSQL is not installed (package postgresql).");
        if (driver().isEmpty())
            return QStringLiteral("PostgreSQL's ODBC driver is not installed (package odbc-postgresql).");
        if (::geteuid() == 0 && account().isEmpty())
            return QStringLiteral("PostgreSQL does not run as root, and there is no user to run it as.");
        return {};
    }

    PostgresServer() = default;
    ~PostgresServer()
    {
        if (m_started)
            run(QStringLiteral("pg_ctl"), {QStringLiteral("stop"), QStringLiteral("-D"), data(), QStringLiteral("-m"),
                                           QStringLiteral("immediate")});
    }
    PostgresServer(const PostgresServer &) = delete;
    PostgresServer &operator=(const PostgresServer &) = delete;

    /// What went wrong; empty where it runs.
    [[nodiscard]] QString start()
    {
        if (::geteuid() == 0) {
            const passwd *user = ::getpwnam(account().toUtf8().constData());
            if (user == nullptr || ::chown(m_folder.path().toUtf8().constData(), user->pw_uid, user->pw_gid) != 0)
                return QStringLiteral("The folder cannot be given to ") + account();
        }
        if (!run(QStringLiteral("initdb"),
                 {QStringLiteral("-D"), data(), QStringLiteral("-U"), QStringLiteral("owner"), QStringLiteral("-A"),
                  QStringLiteral("trust"), QStringLiteral("-E"), QStringLiteral("UTF8"),
                  QStringLiteral("--locale=C.UTF-8"), QStringLiteral("--no-sync")}))
            return m_output;
        QFile rules(data() + QStringLiteral("/pg_hba.conf"));
        if (!rules.open(QIODevice::WriteOnly) ||
            rules.write("local all reader scram-sha-256\nlocal all owner trust\n") < 0)
            return QStringLiteral("pg_hba.conf cannot be written.");
        rules.close();
        m_started = run(QStringLiteral("pg_ctl"),
                        {QStringLiteral("start"), QStringLiteral("-w"), QStringLiteral("-t"), QStringLiteral("240"),
                         QStringLiteral("-D"), data(), QStringLiteral("-l"), m_folder.filePath(QStringLiteral("log")),
                         QStringLiteral("-o"),
                         QStringLiteral("-c fsync=off -c listen_addresses='' -c unix_socket_directories='%1' "
                                        "-c log_statement=all -c shared_buffers=16MB "
                                        "-c dynamic_shared_memory_type=mmap -c track_activity_query_size=1MB")
                             .arg(m_folder.path())});
        if (!m_started)
            return m_output;
        return sql(QStringLiteral("CREATE ROLE reader LOGIN PASSWORD '%1'").arg(password()));
    }

    /// Runs statements of psql as the owner; what went wrong, or nothing.
    [[nodiscard]] QString sql(const QString &statements) const { return ask(statements, nullptr); }

    /// How many other sessions are at work on a query that holds this text.
    [[nodiscard]] int queriesAtWork(const QString &part) const
    {
        QString answer;
        const QString failed = ask(QStringLiteral("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND "
                                                  "pid <> pg_backend_pid() AND position('%1' IN query) > 0")
                                       .arg(part),
                                   &answer);
        return failed.isEmpty() ? answer.trimmed().toInt() : 0;
    }

    [[nodiscard]] QString connection(const QString &user = QStringLiteral("owner")) const
    {
        return QStringLiteral("Driver=%1;Servername=%2;Database=postgres;UID=%3").arg(driver(), m_folder.path(), user);
    }
    [[nodiscard]] static QString password() { return QStringLiteral("se;cret word"); }

    /// What was asked of the server.
    [[nodiscard]] QString statements() const
    {
        QFile log(m_folder.filePath(QStringLiteral("log")));
        return log.open(QIODevice::ReadOnly) ? QString::fromUtf8(log.readAll()) : QString();
    }

private:
    static constexpr int longestWait = 300000; ///< milliseconds, of any program on a machine that does much else

    [[nodiscard]] QString ask(const QString &statements, QString *answer) const
    {
        QProcess process;
        process.start(program(QStringLiteral("psql")),
                      {QStringLiteral("-X"), QStringLiteral("-q"), QStringLiteral("-A"), QStringLiteral("-t"),
                       QStringLiteral("-v"), QStringLiteral("ON_ERROR_STOP=1"), QStringLiteral("-h"), m_folder.path(),
                       QStringLiteral("-U"), QStringLiteral("owner"), QStringLiteral("-d"),
                       QStringLiteral("postgres")});
        process.write(statements.toUtf8() + '\n');
        process.closeWriteChannel();
        if (!process.waitForFinished(longestWait))
            return QStringLiteral("psql did not end: ") + process.errorString();
        if (answer != nullptr)
            *answer = QString::fromUtf8(process.readAllStandardOutput());
        return process.exitCode() == 0 ? QString() : QString::fromUtf8(process.readAllStandardError());
    }

    [[nodiscard]] static QString program(const QString &name)
    {
        const QDir versions(QStringLiteral("/usr/lib/postgresql"));
        const QStringList numbers = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed);
        QStringList folders;
        for (const QString &number : numbers)
            folders << versions.filePath(number + QStringLiteral("/bin"));
        const QString found = QStandardPaths::findExecutable(name, folders);
        return found.isEmpty() ? QStandardPaths::findExecutable(name) : found;
    }

    [[nodiscard]] static QString driver()
    {
        const QDir libraries(QStringLiteral("/usr/lib"));
        const QStringList triplets = libraries.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        for (const QString &triplet : triplets) {
            const QString file = libraries.filePath(triplet + QStringLiteral("/odbc/psqlodbcw.so"));
            if (QFile::exists(file))
                return file;
        }
        return {};
    }

    [[nodiscard]] static QString account()
    {
        for (const char *name : {"postgres", "nobody"}) {
            if (::getpwnam(name) != nullptr)
                return QString::fromUtf8(name);
        }
        return {};
    }

    [[nodiscard]] QString data() const { return m_folder.filePath(QStringLiteral("data")); }

    bool run(const QString &name, const QStringList &arguments)
    {
        QString command = program(name);
        QStringList all = arguments;
        if (::geteuid() == 0) {
            all.prepend(command);
            all.prepend(QStringLiteral("--"));
            all.prepend(account());
            all.prepend(QStringLiteral("-u"));
            command = QStringLiteral("runuser");
        }
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.setStandardOutputFile(m_folder.filePath(QStringLiteral("output")));
        process.start(command, all);
        const bool finished = process.waitForFinished(longestWait);
        QFile output(m_folder.filePath(QStringLiteral("output")));
        m_output = output.open(QIODevice::ReadOnly) ? QString::fromUtf8(output.readAll()) : QString();
        return finished && process.exitCode() == 0;
    }

    QTemporaryDir m_folder{QDir::tempPath() + QStringLiteral("/countersign-pg-XXXXXX")};
    QString m_output;
    bool m_started = false;
};
