// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "ui/pages/model/modeltab.h"

class QCheckBox;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace countersign {

class ActionGate;
class EmptyState;
class KeyValueForm;
class RowsTable;
class SectionHeader;

/// The versions of a model. One selected shows its details and documents, two are compared side by side.
class VersionsTab : public ModelTab
{
    Q_OBJECT

public:
    explicit VersionsTab(Context &context, QWidget *parent = nullptr);
    void refresh() override;
    void select(const QString &version) override;
    void focusStart() override;

protected:
    void modelChanged() override;

private:
    QWidget *makeActions();
    QWidget *makeDetails();
    QWidget *makeComparison();
    void connectActions();
    void showSelection();
    void showDetails(const ModelVersion &version);
    void showComparison(const ModelVersion &one, const ModelVersion &other);
    /// Hands the document and its bytes to `use`, or shows under `title` ("Open %1") why they cannot be read.
    void withDocument(const QString &id, const QString &title,
                      const std::function<void(const Document &, const std::string &bytes)> &use);
    [[nodiscard]] const ModelVersion *selected() const; ///< the one version selected
    /// The validation of the selected condition and its place in it; null: none is selected.
    [[nodiscard]] std::pair<const Validation *, std::size_t> selectedCondition() const;
    [[nodiscard]] QString whyNotMet() const;
    [[nodiscard]] QString whyNotRequested() const;
    [[nodiscard]] QString whyNotDeployed() const;
    [[nodiscard]] QString whyNotPromoted() const;
    void meetCondition();

    QPushButton *m_new = nullptr;
    QPushButton *m_edit = nullptr;
    QPushButton *m_attach = nullptr;
    QPushButton *m_validate = nullptr;
    QPushButton *m_promote = nullptr;
    QPushButton *m_request = nullptr;
    QPushButton *m_open = nullptr;
    QPushButton *m_save = nullptr;
    QLabel *m_whyNot;
    RowsTable *m_versions;
    EmptyState *m_empty;
    QWidget *m_filled;
    QStackedWidget *m_below;
    QLabel *m_hint;
    KeyValueForm *m_fields = nullptr;
    RowsTable *m_documents = nullptr;
    QLabel *m_noDocuments = nullptr;
    SectionHeader *m_conditionTitle = nullptr;
    RowsTable *m_conditions = nullptr;
    QPushButton *m_met = nullptr;
    QWidget *m_comparisonPage = nullptr;
    QCheckBox *m_onlyDifferences = nullptr;
    RowsTable *m_comparison = nullptr;
    ActionGate *m_gate;
};

} // namespace countersign
