// SPDX-License-Identifier: GPL-3.0-or-later
//
// The forms of an attestation campaign: opening one, attesting a model, signing it off.
#pragma once

#include <QDialog>

#include "core/domain/campaign.h"
#include "ui/widgets/actdialog.h"

class QListWidget;

namespace countersign {

struct Context;

/// Scope, period and questions of a new campaign; says how many models it asks.
class OpenCampaignDialog : public ActDialog
{
    Q_OBJECT

public:
    OpenCampaignDialog(Context &context, QWidget *parent);
    [[nodiscard]] Campaign campaign() const;
    [[nodiscard]] std::size_t modelCount() const;

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    void fillScope();
    void showCount();

    Context &m_context;
    QLineEdit *m_title;
    QDateEdit *m_from;
    QDateEdit *m_until;
    QListWidget *m_tiers;
    QListWidget *m_stages;
    QComboBox *m_unit = nullptr;
    QComboBox *m_owner = nullptr;
    QLabel *m_count = nullptr;
    QPlainTextEdit *m_questions = nullptr;
};

/// Answers the questions for one model; what is not answered yes needs a comment.
class AttestDialog : public ActDialog
{
    Q_OBJECT

public:
    AttestDialog(Context &context, const Campaign &campaign, const ModelId &model, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    struct Line
    {
        QComboBox *answer;
        QLineEdit *comment;
    };

    Context &m_context;
    CampaignId m_campaign;
    ModelId m_model;
    std::vector<Line> m_lines;
};

/// Signs a campaign off with a statement; the passphrase is asked again.
class CloseCampaignDialog : public ActDialog
{
    Q_OBJECT

public:
    CloseCampaignDialog(Context &context, const Campaign &campaign, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;
    void refused(const Error &error) override;

private:
    Context &m_context;
    CampaignId m_campaign;
    QPlainTextEdit *m_statement;
    QLineEdit *m_passphrase;
};

} // namespace countersign
