// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "ui/shell/page.h"

class QSettings;
class QTabWidget;

namespace countersign {

class DraftEditor;
class PolicyReader;
class ProposalView;
class TableView;

/// The policy in force to read, a draft of the next one to edit, simulate and publish or
/// propose, every one there was, and those proposed.
class PolicyPage : public Page
{
    Q_OBJECT

public:
    PolicyPage(Context &context, QSettings *settings, QWidget *parent = nullptr);
    ~PolicyPage() override;

    [[nodiscard]] QString pageId() const override;
    [[nodiscard]] QString title() const override;
    void focusStart() override;

    [[nodiscard]] QTabWidget *tabs() const;
    [[nodiscard]] PolicyReader *reader() const;
    [[nodiscard]] DraftEditor *editor() const;
    [[nodiscard]] TableView *versions() const;
    [[nodiscard]] ProposalView *proposals() const;
    [[nodiscard]] bool hasDraft() const;

public Q_SLOTS:
    void draftFromForce();

private:
    [[nodiscard]] QWidget *buildForce();
    [[nodiscard]] QWidget *buildDraft();
    [[nodiscard]] QWidget *buildVersions();
    void buildDraftMenu();
    void showForce();
    void showProposals();
    void sayInForce();
    void refreshDraft();
    void showVersion();
    /// Asks before a draft that is there is replaced. The version becomes the next one that is free.
    void begin(const std::string &text);
    void draftFromFile();
    void endDraft();
    void keepDraft();
    void restoreDraft();
    [[nodiscard]] QString draftKey(const QString &name) const;

    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace countersign
