# SPDX-License-Identifier: GPL-3.0-or-later
# Peer-to-peer loans: a logistic model fitted on 36-month loans, used on 60-month loans it was not made for.
source("common.R")
data("lending_club", package = "modeldata")

d <- lending_club
region_of <- setNames(as.character(state.region), state.abb)
employment <- c(emp_lt_1 = 0, emp_1 = 1, emp_2 = 2, emp_3 = 3, emp_4 = 4, emp_5 = 5, emp_6 = 6, emp_7 = 7, emp_8 = 8,
                emp_9 = 9, emp_ge_10 = 10, emp_unk = NA)
region <- unname(region_of[as.character(d$addr_state)])
region[as.character(d$addr_state) == "DC"] <- "South"
region[is.na(region)] <- "not stated"
log <- data.frame(
  loan = sprintf("LC%04d", seq_len(nrow(d))),
  term_months = ifelse(d$term == "term_36", 36, 60),
  funded_amnt = d$funded_amnt, int_rate = d$int_rate, annual_inc = d$annual_inc,
  employment_years = unname(employment[as.character(d$emp_length)]), revol_util = d$revol_util, all_util = d$all_util,
  delinq_2yrs = d$delinq_2yrs, inq_last_6mths = d$inq_last_6mths, inq_last_12m = d$inq_last_12m,
  open_il_24m = d$open_il_24m, total_bal_il = d$total_bal_il, num_il_tl = d$num_il_tl,
  verification_status = as.character(d$verification_status), region = region,
  income_band = as.character(cut(d$annual_inc, c(-1, 45000, 70000, 100000, Inf),
                                 c("to 45k", "45k to 70k", "70k to 100k", "over 100k"))),
  default = as.integer(d$Class == "bad"))
segments <- c("region", "income_band")
features <- setdiff(names(log), c("loan", "term_months", segments, "default"))

set.seed(20260823)
short <- which(log$term_months == 36)
fitting <- sort(sample(short, length(short) %/% 2))
train <- log[fitting, ]
years <- median(train$employment_years, na.rm = TRUE)
design <- function(x) {
  x$employment_years[is.na(x$employment_years)] <- years
  transform(x, verification_status = factor(verification_status, c("Not_Verified", "Source_Verified", "Verified")))
}
terms <- c("log(funded_amnt)", "int_rate", "log1p(annual_inc)", "employment_years", "revol_util", "all_util",
           "delinq_2yrs", "inq_last_6mths", "inq_last_12m", "open_il_24m", "log1p(total_bal_il)", "num_il_tl",
           "verification_status")
fit <- glm(reformulate(terms, "default"), binomial, design(train))
log$score <- round(predict(fit, design(log), type = "response"), 6)
log <- log[c("loan", "term_months", features, segments, "score", "default")]
train <- log[fitting, ]
test <- log[setdiff(short, fitting), ]
long <- log[log$term_months == 60, ]

name <- "loans-36-months"
write_csv_gz(test, out(name, "loans-36-months-reference.csv.gz"))
write_csv_gz(long, out(name, "loans-60-months-current.csv.gz"))
weights <- importance(fit, features)
write_csv(weights, out(name, "importance.csv"))
write_csv(expected(test, list(all = long), c(features, segments, "score"), "default", "score", "auc"),
          out(name, "expected.csv"))

samples <- list(`36 months, fitting` = train, `36 months, hold-out` = test, `60 months` = long)
cal <- lapply(samples, function(x) calibration(x$default, x$score))
ci <- lapply(samples, function(x) auc_interval(x$default, x$score))
figures <- do.call(rbind, lapply(names(samples), function(n) {
  x <- samples[[n]]
  data.frame(Sample = n, Loans = int(nrow(x)), Defaults = int(sum(x$default)), `Default rate` = pct(cal[[n]]$observed, 2),
             `Mean score` = pct(cal[[n]]$predicted, 2), AUC = num(auc(x$default, x$score)),
             `95% interval` = paste(num(ci[[n]][1]), "to", num(ci[[n]][2])), `Calibration slope` = num(cal[[n]]$slope, 3),
             ECE = num(cal[[n]]$ece), check.names = FALSE)
}))
checked <- c(features, segments, "score", "default")
drift <- data.frame(
  Feature = checked,
  `PSI fitting/hold-out` = vapply(checked, function(f) num(psi(train[[f]], test[[f]])), ""),
  `PSI hold-out/60 months` = vapply(checked, function(f) num(psi(test[[f]], long[[f]])), ""),
  `KS hold-out/60 months` = vapply(checked, function(f) if (is.numeric(test[[f]])) num(ks(test[[f]], long[[f]])) else "", ""),
  check.names = FALSE)
over <- cal[["60 months"]]$predicted / cal[["60 months"]]$observed
auc_of <- function(n) auc(samples[[n]]$default, samples[[n]]$score)

write_text(c(
  "# Default model for 36-month loans: model documentation", "", generated_note("lending.R"), source_note("lending_club"),
  "The package took a subset of the rows and columns of Lending Club's published loans of the first quarter of 2016.", "",
  "## Purpose", "",
  "Probability that a 36-month personal loan goes bad (charged off, in default or 21 to 120 days late), for pricing.", "",
  "## Data", "",
  sprintf("%s loans, %s of 36 and %s of 60 months. A random half of the 36-month loans (seed 20260823, %s loans) for fitting.",
          int(nrow(log)), int(length(short)), int(nrow(long)), int(nrow(train))),
  sprintf("Only %s of the loans used for fitting are bad.", int(sum(train$default))),
  "The loans bear no date in the package. `region` is derived from the state (census regions of R's `state.region`),",
  "`income_band` from the annual income; both are segments and not inputs.", "",
  "## Method", "", "Logistic regression (`glm` of R 4.2). Unknown length of employment takes the fitting sample's median.",
  sprintf("Null deviance %s, residual deviance %s, AIC %s.", num(fit$null.deviance, 1), num(fit$deviance, 1), num(AIC(fit), 1)), "",
  coefficient_table(fit), "", "## Importance", "",
  "Standard deviation of each feature's contribution to the log-odds in the fitting sample, the strongest at 1.", "",
  md_table(weights), "", "## Assumptions", "",
  "- The lender's interest rate reflects its own view of the risk of a 36-month loan.", "", "## Limitations", "",
  "- Made for 36-month loans. The rate of a 60-month loan also pays for the term, so the model overstates its risk.",
  "- The state of a loan was taken while it was running: the default rate is lower than over the whole term.",
  "- Few bad loans; single coefficients are uncertain."), out(name, "documentation.md"))

write_text(c(
  "# Default model for 36-month loans: validation report", "", generated_note("lending.R"), source_note("lending_club"), "",
  "This report serves the demonstration: nobody independent has validated the model.", "", "## Summary", "",
  md_table(figures), "",
  sprintf("On 60-month loans the mean score is %s times the default rate.", num(over, 2)), "",
  "## Stability", "",
  "PSI on the deciles of the first sample named with a bin for missing values, zero shares raised to 0.0001.",
  "`term_months` itself is left out: it is what divides the samples.", "", md_table(drift), "",
  "## Conclusion", "",
  sprintf("36-month loans: AUC %s on the hold-out loans against %s on the fitting loans; a calibration slope of %s shows that",
          num(auc_of("36 months, hold-out")), num(auc_of("36 months, fitting")), num(cal[["36 months, hold-out"]]$slope, 3)),
  "the model follows its few bad loans too closely: **fit for use with conditions**.",
  sprintf("60-month loans: the ranking holds (AUC %s), but the mean score is %s times the default rate: **not fit for use** as a",
          num(auc_of("60 months")), num(over, 2)), "probability.", "",
  "## Conditions", "", "1. Use for 36-month loans only.", "2. Refit with shrinkage, or when 500 bad loans have been observed.",
  "3. Monitor the interest rate: it carries most of the ranking."), out(name, "validation.md"))
