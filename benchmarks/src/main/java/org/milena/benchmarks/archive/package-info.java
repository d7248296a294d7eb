/**
 * How fast an archive is filled and read: real mail, imported as anybody imports it into the whole
 * system as it is started, then searched and paged through over HTTP.
 */
@NullMarked
package org.milena.benchmarks.archive;

import org.jspecify.annotations.NullMarked;
