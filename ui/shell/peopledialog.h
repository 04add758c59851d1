// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/domain/user.h"

class QPushButton;

namespace countersign {

struct Context;
class TableView;
template <class Record>
class RecordModel;

/// Who is enrolled, in which roles, and whose key lies on this computer; and who stands in for whom.
class PeopleDialog : public QDialog
{
    Q_OBJECT

public:
    explicit PeopleDialog(Context &context, QWidget *parent = nullptr);

private:
    void reload();
    void edit();
    void follow();

    Context &m_context;
    RecordModel<User> *m_people;
    TableView *m_table;
    QPushButton *m_edit;
    QPushButton *m_enrol;
};

} // namespace countersign
