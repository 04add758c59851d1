// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/application.h"

#include <QApplication>
#include <QDir>
#include <QStandardPaths>

#include <cstdio>

#include "app/demo/demo.h"
#include "app/gui/picturetour.h"
#include "ui/shell/settings.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

ThemeMode themeNamed(const QString &name)
{
    return name == "light"_L1 ? ThemeMode::light : name == "dark"_L1 ? ThemeMode::dark : ThemeMode::system;
}

/// Pictures are the same whatever this user chose before.
QString settingsFile(const Options &options)
{
    const auto folder = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation);
    return options.pictures.isEmpty() ? folder + u"/countersign.ini"_s : options.pictures + u"/settings.ini"_s;
}

bool demoDataThere()
{
    return guarded([] { return findDemoData({}); }).ok();
}

} // namespace

Application::Application(QApplication &qt, Options options)
    : m_qt(qt)
    , m_options(std::move(options))
    , m_settings(settingsFile(m_options), QSettings::IniFormat)
    , m_environment{m_clock, m_ids, toStd(m_options.keystore), {}, false, {}}
    , m_dialogs(m_settings)
    , m_services{m_environment, m_settings, m_dialogs, m_jobs, [this](ThemeMode mode) { applyTheme(m_qt, mode); }, {}}
{
    if (demoDataThere())
        m_services.makeDemonstration = [this](const CancelToken &cancel, const Progress &progress) {
            return makeDemonstration(cancel, progress);
        };
    applyTheme(m_qt, themeNamed(m_settings.value(settings::theme).toString()));
}

int Application::run()
{
    if (!m_options.pictures.isEmpty())
        return takePictures();
    MainWindow window(m_services);
    window.show();
    if (!m_options.file.isEmpty())
        window.openFile(m_options.file, m_options.readOnly);
    else if (m_options.demo)
        window.openDemonstration();
    return QApplication::exec();
}

/// The demonstration of this version lies in the user's own data folder; what was done in it stays.
Result<Demonstration> Application::makeDemonstration(const CancelToken &cancel, const Progress &progress) const
{
    const auto folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/demonstration-"_s +
                        QStringLiteral(COUNTERSIGN_VERSION);
    Demonstration demonstration{toStd(folder + u"/demo.countersign"_s), toStd(folder + u"/keys"_s), kDemoPassphrase};
    if (QFile::exists(toQt(demonstration.path)))
        return demonstration;
    const auto data = guarded([] { return findDemoData({}); });
    if (!data)
        return data.error();
    QDir().mkpath(QFileInfo(folder).absolutePath());
    const auto made = buildDemo(
        toStd(folder), *data, m_clock.now(), [&](const std::string &line) { report(progress, line, 0, 0); }, cancel);
    if (!made)
        return made.error();
    demonstration.path = made->workspace;
    demonstration.keystoreFolder = made->keys;
    return demonstration;
}

int Application::takePictures()
{
    constexpr int failed = 1;
    auto opened = Workspace::open(m_environment, toStd(m_options.file), true);
    if (!opened) {
        std::fprintf(stderr, "countersign: %s\n", opened.error().text().c_str());
        return failed;
    }
    if (!QDir().mkpath(m_options.pictures)) {
        std::fprintf(stderr, "countersign: the folder %s cannot be made.\n", qPrintable(m_options.pictures));
        return failed;
    }
    PictureTour tour(m_services, *std::move(opened), m_options.pictures);
    QObject::connect(&tour, &PictureTour::finished, &m_qt, [](int exitCode) { QApplication::exit(exitCode); });
    tour.start();
    const auto exitCode = QApplication::exec();
    QFile::remove(m_options.pictures + u"/settings.ini"_s);
    return exitCode;
}

} // namespace countersign
