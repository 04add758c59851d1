// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>

#include "ui/shell/context.h"

class QDialog;

namespace countersign {

class Page;
class Session;
struct Services;

/// An open workspace in the window: navigation at the left, header and banner on top, the pages.
class WorkspaceView : public QWidget, public Navigator
{
    Q_OBJECT

public:
    WorkspaceView(const Services &services, std::unique_ptr<Workspace> workspace, QWidget *parent = nullptr);
    ~WorkspaceView() override;

    void openModel(const ModelId &model, const QString &tab = {}, const QString &item = {}) override;
    void openPage(const QString &page) override;
    void openInventory(const ModelSelection &selection) override;

    [[nodiscard]] Context &context();
    [[nodiscard]] Session &session();
    [[nodiscard]] Page *currentPage() const;
    [[nodiscard]] Page *page(const QString &id) const; ///< null: none of that name has been opened
    /// Goes to the search box of the page, or to that of the Inventory.
    void find();

    void signIn();
    void signOut();
    void enrol();
    void showPeople();
    void registerModel();
    void importInventory();
    void importUsage();
    void exportEvidence();
    void saveCheckpoint();

Q_SIGNALS:
    void currentPageChanged();

private:
    void buildNavigation();
    void buildHeader();
    void updateHeader();
    void tellFollowUp(const FollowUp &done);
    void showOpened();
    void updateNavigation();
    void showPage(int row);
    void openDialog(QDialog *dialog);
    bool refusedFor(const char *factName, const QString &title);

    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace countersign
