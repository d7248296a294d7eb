/** HTML that means harm. */
@NullMarked
package org.milena.testkit.html;

import org.jspecify.annotations.NullMarked;
