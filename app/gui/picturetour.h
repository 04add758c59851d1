// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>

#include "ui/shell/mainwindow.h"

namespace countersign {

/// Walks through every page of a workspace in light and dark and in two sizes, saves a picture of each, and prints the
/// reports to PDF: what the product looks like where there is no display.
class PictureTour : public QObject
{
    Q_OBJECT

public:
    PictureTour(const Services &services, std::unique_ptr<Workspace> workspace, const QString &folder);
    void start();

Q_SIGNALS:
    void finished(int exitCode);

private:
    struct Step
    {
        QString name; ///< of the picture, without ending; empty: no picture
        std::function<void()> prepare;
    };

    void plan();
    void planSize(const QString &theme, const QSize &size, bool everyTab);
    void planParts(const ModelId &model, const std::function<QString(const QString &)> &name);
    void next();
    void save(const QString &name);
    void printReports();
    [[nodiscard]] ModelId showpiece() const;
    [[nodiscard]] const DeploymentRequest *promotion() const; ///< the first there is; may be none

    Services m_services;
    QString m_folder;
    MainWindow m_window;
    QList<Step> m_steps;
    qsizetype m_at = 0;
    bool m_prepared = false;
    int m_saved = 0;
    bool m_failed = false;
    QTimer m_timer;
};

} // namespace countersign
