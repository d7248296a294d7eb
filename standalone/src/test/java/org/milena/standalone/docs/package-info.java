/**
 * Holds the documentation to the source: what can be set, measured or cited is described, what is
 * described exists, and every link leads somewhere.
 */
@NullMarked
package org.milena.standalone.docs;

import org.jspecify.annotations.NullMarked;
