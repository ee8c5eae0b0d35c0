@NullMarked
package io.linli.partner.wechat;

import org.jspecify.annotations.NullMarked;
