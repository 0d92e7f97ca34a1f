#include "language/decimal.h"

static const int64_t power_of_ten[DECIMAL_MOST + 1] = {1,
                                                       10,
                                                       100,
                                                       1000,
                                                       10000,
                                                       100000,
                                                       1000000,
                                                       10000000,
                                                       100000000,
                                                       1000000000,
                                                       10000000000,
                                                       100000000000,
                                                       1000000000000,
                                                       10000000000000,
                                                       100000000000000,
                                                       1000000000000000,
                                                       10000000000000000,
                                                       100000000000000000};

double decimal_value(Decimal d)
{
    return (double)d.digits / (double)power_of_ten[d.decimals];
}

/* Numbers of both signs below 10^17 · 10^17, and what is made of two of them, fit. */
__extension__ typedef __int128 Wide;

static bool narrow(Wide digits, int decimals, Decimal *out)
{
    Wide most = power_of_ten[DECIMAL_MOST];
    if (digits >= most || digits <= -most)
        return false;
    *out = (Decimal){(int64_t)digits, decimals};
    return true;
}

/* The digits that the number has with more decimals. */
static Wide with_decimals(Decimal d, int decimals)
{
    return (Wide)d.digits * power_of_ten[decimals - d.decimals];
}

static int more_decimals(Decimal a, Decimal b)
{
    return a.decimals > b.decimals ? a.decimals : b.decimals;
}

int decimal_compare(Decimal a, Decimal b)
{
    int decimals = more_decimals(a, b);
    Wide left = with_decimals(a, decimals), right = with_decimals(b, decimals);
    return (left > right) - (left < right);
}

bool decimal_add(Decimal a, Decimal b, Decimal *out)
{
    int decimals = more_decimals(a, b);
    return narrow(with_decimals(a, decimals) + with_decimals(b, decimals), decimals, out);
}

bool decimal_subtract(Decimal a, Decimal b, Decimal *out)
{
    b.digits = -b.digits;
    return decimal_add(a, b, out);
}

bool decimal_shift(Decimal d, int power, Decimal *out)
{
    int decimals = d.decimals > power ? d.decimals - power : 0;
    power -= d.decimals - decimals;
    return narrow((Wide)d.digits * power_of_ten[power], decimals, out);
}

/* Half away from zero. */
static Wide divided(Wide a, Wide b)
{
    if (b < 0)
        a = -a, b = -b;
    return a < 0 ? -((-a + b / 2) / b) : (a + b / 2) / b;
}

/* Without zeros at the end. */
static Decimal shortest(Decimal d)
{
    while (d.decimals && d.digits % 10 == 0)
        d.digits /= 10, d.decimals--;
    return d;
}

bool decimal_percent(Decimal part, Decimal whole, int decimals, Decimal *out)
{
    part = shortest(part), whole = shortest(whole);
    if (!whole.digits)
        return false;
    int both = more_decimals(part, whole);
    Wide over = with_decimals(part, both), under = with_decimals(whole, both);
    for (int i = 0; i < decimals + 2; i++)
        if (__builtin_mul_overflow(over, (Wide)10, &over))
            return false;
    Wide sum;
    if (__builtin_add_overflow(over < 0 ? -over : over, under < 0 ? -under : under, &sum))
        return false;
    return narrow(divided(over, under), decimals, out);
}

Decimal decimal_round(Decimal d, int decimals)
{
    if (d.decimals <= decimals)
        return d;
    Wide digits = divided(d.digits, power_of_ten[d.decimals - decimals]);
    return (Decimal){(int64_t)digits, decimals};
}
