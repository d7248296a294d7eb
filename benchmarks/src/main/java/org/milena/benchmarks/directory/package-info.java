/**
 * How large a directory may be: a million memberships in memory, one post to 100,000 members, and
 * pages of all that, over a real broker and the list expander as it is deployed. Needs no other
 * program.
 */
@NullMarked
package org.milena.benchmarks.directory;

import org.jspecify.annotations.NullMarked;
