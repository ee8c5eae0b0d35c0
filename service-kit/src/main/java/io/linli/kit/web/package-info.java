@NullMarked
package io.linli.kit.web;

import org.jspecify.annotations.NullMarked;
