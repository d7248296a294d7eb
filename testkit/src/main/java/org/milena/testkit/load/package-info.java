/**
 * A client that posts: keeps its connection, sends again what it got no {@code 250} for, and
 * remembers what was acknowledged.
 */
@NullMarked
package org.milena.testkit.load;

import org.jspecify.annotations.NullMarked;
