// SPDX-License-Identifier: GPL-3.0-or-later
//
// The facts of requests and exceptions: asked for, signed, abstained from, withdrawn, carried out.
#pragma once

#include "core/domain/registers.h"

namespace countersign {

struct DeploymentRequested
{
    DeploymentRequest request;
    std::vector<CoveredItem> covered; ///< what the requester put forward
};
BOOST_DESCRIBE_STRUCT(DeploymentRequested, (), (request, covered))

struct RequestSigned
{
    RequestId request;
    SignOff signOff;
    std::int64_t basedOn = -1;
};
BOOST_DESCRIBE_STRUCT(RequestSigned, (), (request, signOff, basedOn))

struct RequestWithdrawn
{
    RequestId request;
    std::string reason;
    std::int64_t basedOn = -1;
};
BOOST_DESCRIBE_STRUCT(RequestWithdrawn, (), (request, reason, basedOn))

/// Somebody who might sign says why they must not: a conflict of interest. They cannot sign the request afterwards, and
/// nothing is asked for less because of it.
struct RequestAbstained
{
    RequestId request;
    std::string reason;
    std::int64_t basedOn = -1;
};
BOOST_DESCRIBE_STRUCT(RequestAbstained, (), (request, reason, basedOn))

/// The approved version of a request goes into production, and the one before leaves it.
struct VersionDeployed
{
    RequestId request;
    std::int64_t basedOn = -1; ///< revision of the version
};
BOOST_DESCRIBE_STRUCT(VersionDeployed, (), (request, basedOn))

struct ExceptionRequested
{
    PolicyException record;
};
BOOST_DESCRIBE_STRUCT(ExceptionRequested, (), (record))

struct ExceptionSigned
{
    ExceptionId exception;
    ExceptionSignature signature;
    std::int64_t basedOn = -1;
};
BOOST_DESCRIBE_STRUCT(ExceptionSigned, (), (exception, signature, basedOn))

/// As ConditionMet, of a signature on a request.
struct SignOffConditionMet
{
    RequestId request;
    std::int64_t signOff = 0;   ///< place in DeploymentRequest::signOffs
    std::int64_t condition = 0; ///< place in SignOff::dueConditions
    std::string evidence;
    std::int64_t basedOn = -1; ///< revision of the request
};
BOOST_DESCRIBE_STRUCT(SignOffConditionMet, (), (request, signOff, condition, evidence, basedOn))

/// As RequestAbstained, of an exception.
struct ExceptionAbstained
{
    ExceptionId exception;
    std::string reason;
    std::int64_t basedOn = -1;
};
BOOST_DESCRIBE_STRUCT(ExceptionAbstained, (), (exception, reason, basedOn))

struct ExceptionClosed
{
    ExceptionId exception;
    std::string reason;
    std::int64_t basedOn = -1;
};
BOOST_DESCRIBE_STRUCT(ExceptionClosed, (), (exception, reason, basedOn))

} // namespace countersign
