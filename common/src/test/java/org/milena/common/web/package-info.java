@NullMarked
package org.milena.common.web;

import org.jspecify.annotations.NullMarked;
