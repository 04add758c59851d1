// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a register beside a model shows and what can be done in it. The places to add a register:
// registerkinds.cpp and operationkinds.cpp.
#pragma once

#include <QList>
#include <QPair>
#include <QString>
#include <functional>
#include <string>

#include "core/domain/finding.h"
#include "ui/pages/model/rowsmodel.h"

class QWidget;

namespace countersign {

struct Context;
class ActDialog;

/// Names and values of a record.
using RegisterDetails = QList<QPair<QString, QString>>;

/// Something that can be done with a record, or (without a record) to add one.
struct RegisterAction
{
    QString text;
    std::string fact; ///< what the policy calls it
    bool onRecord = true;
    /// What stands in the way on the record of that key, besides the policy; empty: nothing.
    std::function<QString(const QString &key)> unless;
    std::function<ActDialog *(const ModelId &model, const QString &key, QWidget *parent)> make;
};

struct RegisterKind
{
    QString id;    ///< "limitations"
    QString title; ///< "Limitations"
    QString emptyTitle;
    QString emptySentence;
    QStringList headings;
    int stretch = 1; ///< the column that takes the room left over
    std::function<QList<Row>(const ModelId &model)> rows;
    std::function<bool(const QString &key)> isOpen;
    std::function<RegisterDetails(const QString &key)> details;
    QList<RegisterAction> actions; ///< the first adds a record
    int naming = 0;                ///< the column that names a record
    /// The evidence given of a record; nothing for a kind that takes none.
    std::function<std::vector<RemediationEvidence>(const QString &key)> evidence = {};
};

/// Every register, in the order shown. They read `context` whenever asked.
[[nodiscard]] QList<RegisterKind> registerKinds(Context &context);
/// Those of a model at work (operationkinds.cpp), the last of them.
[[nodiscard]] QList<RegisterKind> operationKinds(Context &context);

} // namespace countersign
