# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by the demo scripts: deterministic files, and the statistics quoted in the generated documents.
# Base R only. The bins, floors and logarithms of psi() and js() are the product's documented definitions.

Sys.setlocale("LC_ALL", "C")
Sys.setenv(TZ = "UTC")
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
options(stringsAsFactors = FALSE, digits = 15, scipen = 100)

out_dir <- local({
  given <- commandArgs(trailingOnly = TRUE)
  if (length(given) != 1) stop("usage: Rscript SCRIPT.R OUTPUT-DIRECTORY")
  given
})
out <- function(...) {
  path <- file.path(out_dir, ...)
  for (folder in unique(dirname(path))) dir.create(folder, recursive = TRUE, showWarnings = FALSE)
  path
}

csv_field <- function(x) {
  text <- if (is.numeric(x)) format_number(x) else as.character(x)
  text[is.na(x)] <- ""
  quote <- grepl("[\",\n\r]", text)
  text[quote] <- paste0("\"", gsub("\"", "\"\"", text[quote]), "\"")
  text
}
format_number <- function(x) vapply(x, function(v) format(v, digits = 15, trim = TRUE), "")
write_csv <- function(d, path) {
  columns <- lapply(d, csv_field)
  lines <- c(paste(names(d), collapse = ","), do.call(paste, c(columns, sep = ",")))
  con <- file(path, "wb")
  on.exit(close(con))
  writeLines(lines, con, sep = "\n")
}
# A .csv.gz whose bytes depend on nothing but the rows: no name and no time in the header.
write_csv_gz <- function(d, path) {
  plain <- sub("\\.gz$", "", path)
  write_csv(d, plain)
  if (system2("gzip", c("-n", "-9", "-f", shQuote(plain))) != 0) stop("gzip failed on ", plain)
}
write_text <- function(lines, path) {
  con <- file(path, "wb")
  on.exit(close(con))
  writeLines(lines, con, sep = "\n")
}

auc <- function(y, s) {
  keep <- !is.na(y) & !is.na(s)
  y <- y[keep]; s <- s[keep]
  n1 <- sum(y == 1); n0 <- sum(y == 0)
  if (n1 == 0 || n0 == 0) return(NA_real_)
  (sum(rank(s)[y == 1]) - n1 * (n1 + 1) / 2) / n1 / n0
}
# 95% interval after DeLong, DeLong and Clarke-Pearson (1988), one curve.
auc_interval <- function(y, s) {
  keep <- !is.na(y) & !is.na(s)
  y <- y[keep]; s <- s[keep]
  pos <- s[y == 1]; neg <- s[y == 0]
  all <- rank(c(pos, neg)); n1 <- length(pos); n0 <- length(neg)
  v10 <- (all[seq_len(n1)] - rank(pos)) / n0
  v01 <- 1 - (all[n1 + seq_len(n0)] - rank(neg)) / n1
  se <- sqrt(var(v10) / n1 + var(v01) / n0)
  auc(y, s) + c(-1, 1) * qnorm(0.975) * se
}
rmse <- function(y, p) sqrt(mean((p - y)^2, na.rm = TRUE))
r2 <- function(y, p) 1 - sum((y - p)^2) / sum((y - mean(y))^2)

psi_terms <- function(p, q) {
  used <- p > 0 | q > 0
  p <- pmax(p[used], 1e-4); q <- pmax(q[used], 1e-4)
  sum((q - p) * log(q / p))
}
# Counts on the reference's deciles (or on the union of the categories) with one bin for missing values.
counts <- function(reference, current) {
  if (is.numeric(reference)) {
    edges <- unique(quantile(reference, 1:9 / 10, na.rm = TRUE, type = 7, names = FALSE))
    bin <- function(x) cut(x, c(-Inf, edges, Inf), labels = FALSE)
    levels <- seq_len(length(edges) + 1)
  } else {
    categories <- sort(unique(c(reference, current)))
    bin <- function(x) match(x, categories)
    levels <- seq_along(categories)
  }
  count <- function(x) c(tabulate(bin(x), length(levels)), sum(is.na(x)))
  list(reference = count(reference), current = count(current))
}
psi <- function(reference, current) {
  n <- counts(reference, current)
  psi_terms(n$reference / sum(n$reference), n$current / sum(n$current))
}
# The same with further bins below and above the reference's range, or one for all categories the reference lacks.
psi_range <- function(reference, current) {
  if (is.numeric(reference)) {
    n <- counts(reference, current)
    below <- sum(current < min(reference, na.rm = TRUE), na.rm = TRUE)
    above <- sum(current > max(reference, na.rm = TRUE), na.rm = TRUE)
    last <- length(n$current) - 1
    n$current[1] <- n$current[1] - below
    n$current[last] <- n$current[last] - above
    n <- list(reference = c(0, n$reference, 0), current = c(below, n$current, above))
  } else {
    n <- counts(reference, ifelse(is.na(current) | current %in% reference, current, "\001 not seen"))
  }
  psi_terms(n$reference / sum(n$reference), n$current / sum(n$current))
}
js <- function(reference, current) {
  n <- counts(reference, current)
  p <- n$reference / sum(n$reference); q <- n$current / sum(n$current); m <- (p + q) / 2
  part <- function(a) sum(ifelse(a > 0, a * log2(a / m), 0))
  sqrt((part(p) + part(q)) / 2)
}
ks <- function(reference, current) {
  a <- sort(reference); b <- sort(current); x <- sort(unique(c(a, b)))
  max(abs(findInterval(x, a) / length(a) - findInterval(x, b) / length(b)))
}
# The statistics that a drift run over `periods` (a named list of row sets) must find, one row for each period and
# column; column "*" is the performance. Jensen-Shannon on the bins of psi(), without any for values outside the range.
expected <- function(reference, periods, columns, target, score, measure) {
  exact <- function(x) if (is.na(x)) NA_character_ else formatC(x, digits = 15, format = "g")
  do.call(rbind, lapply(names(periods), function(p) {
    d <- periods[[p]]
    drift <- do.call(rbind, lapply(columns, function(f) data.frame(
      period = p, column = f, rows = nrow(d), missing = sum(is.na(d[[f]])), psi = exact(psi(reference[[f]], d[[f]])),
      jensen_shannon_distance = exact(js(reference[[f]], d[[f]])),
      ks_statistic = if (is.numeric(d[[f]])) exact(ks(reference[[f]], d[[f]])) else NA, auc = NA, rmse = NA,
      psi_range = exact(psi_range(reference[[f]], d[[f]])))))
    value <- list(auc = auc, rmse = rmse)[[measure]](d[[target]], d[[score]])
    performance <- drift[1, ]
    performance[c("column", "missing", "psi", "jensen_shannon_distance", "ks_statistic", "psi_range")] <-
      list("*", sum(is.na(d[[target]])), NA, NA, NA, NA)
    performance[[measure]] <- exact(value)
    rbind(drift, performance)
  }))
}
calibration <- function(y, p) {
  logit <- qlogis(pmin(pmax(p, 1e-9), 1 - 1e-9))
  fit <- glm(y ~ logit, family = binomial)
  bin <- pmin(floor(p * 10), 9)
  ece <- sum(vapply(split(seq_along(y), bin), function(i) length(i) / length(y) * abs(mean(y[i]) - mean(p[i])), 0))
  list(observed = mean(y), predicted = mean(p), in_the_large = mean(y) - mean(p),
       slope = unname(coef(fit)[2]), ece = ece)
}

md_table <- function(d) {
  row <- function(x) paste0("| ", paste(x, collapse = " | "), " |")
  body <- do.call(cbind, lapply(d, as.character))
  c(row(names(d)), row(rep("---", ncol(d))), apply(body, 1, row))
}
num <- function(x, digits = 4) ifelse(is.na(x), "", formatC(x, digits = digits, format = "f"))
pct <- function(x, digits = 1) ifelse(is.na(x), "", paste0(formatC(100 * x, digits = digits, format = "f"), "%"))
int <- function(x) formatC(x, format = "d", big.mark = ",")
coefficient_table <- function(fit) {
  s <- summary(fit)$coefficients
  md_table(data.frame(Term = rownames(s), Coefficient = signif_text(s[, 1]), `Standard error` = signif_text(s[, 2]),
                      `t or z` = num(s[, 3], 2), check.names = FALSE))
}
signif_text <- function(x) formatC(signif(x, 5), digits = 5, format = "g", flag = "#")

# Absolute standardised coefficient of each feature, the strongest at 1. The columns of a categorical feature count
# together, as the standard deviation of their joint contribution.
importance <- function(fit, features, data = model.frame(fit)) {
  x <- model.matrix(fit)
  terms <- attr(terms(fit), "term.labels")
  contribution <- vapply(seq_along(terms), function(i) {
    k <- which(attr(x, "assign") == i)
    sd(drop(x[, k, drop = FALSE] %*% coef(fit)[k]))
  }, 0)
  of_feature <- vapply(features, function(f) {
    mine <- vapply(terms, function(t) f %in% all.vars(str2lang(t)), TRUE)
    if (any(mine)) sqrt(sum(contribution[mine]^2)) else 0
  }, 0)
  d <- data.frame(feature = features, importance = round(of_feature / max(of_feature), 4))
  d[order(-d$importance, d$feature), ]
}

source_note <- function(data) c(
  sprintf("Source: `%s` of the R package modeldata %s (Debian package r-cran-modeldata 1.1.0-1), MIT licence,", data,
          utils::packageVersion("modeldata")),
  "copyright 2019 Max Kuhn, RStudio. See `resources/demo/LICENSES.md`.")
generated_note <- function(script) sprintf(
  "Written by `resources/demo/make/%s`; every figure is computed there from the data. Example Bank is an invented organisation.",
  script)
