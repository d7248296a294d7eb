package org.milena.archive.search;

import java.time.YearMonth;

/** How many posts a list has of a month (UTC). */
public record MonthCount(YearMonth month, long posts) {}
