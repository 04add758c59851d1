// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include "core/workspace/workspace.h"

class QWidget;

namespace countersign {

class DialogService;
class JobRunner;

/// Tells pages, on the GUI thread, that the register changed.
class ChangeNotifier : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    void changed(const countersign::ChangeNotice &notice);
    void sessionChanged(); ///< somebody signed in or out
};

/// Some models picked elsewhere, for the Inventory to show: those and no others.
struct ModelSelection
{
    QString title; ///< "Tier 1, critical; Monitoring: Red"
    std::set<ModelId> models;
};

/// Where a page can send the person: the shell follows.
class Navigator
{
public:
    virtual ~Navigator() = default;
    /// `tab` one of overview, versions, tier, monitoring, signoffs, registers, history; `item` an id within it or
    /// empty.
    virtual void openModel(const ModelId &model, const QString &tab = {}, const QString &item = {}) = 0;
    /// `page` is the id of a page of pagelist.h.
    virtual void openPage(const QString &page) = 0;
    /// The Inventory with exactly these models, until the person asks for all again.
    virtual void openInventory(const ModelSelection &selection) = 0;
};

/// What every page and dialog is given. Built by the application, or by a test. No singleton.
struct Context
{
    Workspace &workspace;
    ChangeNotifier &changes;
    DialogService &dialogs;
    JobRunner &jobs;
    Navigator &navigator;
};

} // namespace countersign
