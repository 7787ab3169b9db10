package dev.daypass.intent;

/// Words for things. A line is what is meant and the other words for it; a word may stand in
/// several lines. General English of offices, shops, travel, homes and machines; no catalog's own
/// names.
final class Nouns {
    static final String TABLE =
            """
            current: today now currently
            email: mail e-mail inbox mailbox message correspondence newsletter letter
            message: email text dm chat msg sms note mail newsletter letter invoice quote offer memo mailing
            draft: drafts unsent prepare
            unread: new unseen unopened
            event: appointment meeting calendar schedule agenda call standup engagement session lunch dinner reminder invite party class visit birthday concert trip training lesson workshop interview review gig dentist checkup happened
            appointment: event booking meeting visit checkup check-up consultation slot dentist haircut physio
            calendar: event appointment meeting schedule agenda diary free busy availability away
            meeting: event appointment call standup
            reminder: event alarm alert remind nudge
            slot: availability opening appointment free time
            availability: slot free available busy stock left
            contact: address+book people person phone colleague friend number handle email-address phonebook kin birthday
            person: people user member actor actress director star employee colleague teammate contact staff cast who friend wife husband boss mum mom dad sister brother neighbour neighbor landlord daughter son birthday born age old
            user: person member account people profile handle someone customer who whom timezone
            member: user person people teammate colleague participant viewer who
            participant: attendee guest invitee member
            employee: staff person worker colleague people teammate hire report personnel who
            manager: boss supervisor lead
            team: group department squad
            department: team division unit
            customer: client buyer account company contact
            client: customer
            company: organisation organization business firm employer studio producer account brand supplier headquarter headquarters founded
            organization: company org organisation
            file: document doc spreadsheet attachment pdf presentation report paper deck sheet notes contract plan minutes slide list draft letter budget page
            document: file doc paper page spreadsheet sheet deck certificate letter
            folder: directory dir
            directory: folder dir
            attachment: file
            drive: file folder storage
            disk: volume storage drive
            usage: disk size consumption cost spend bill
            note: memo notes document remark jot
            task: todo to-do item action chore job follow-up followup
            todo: task to-do
            ticket: issue case request incident complaint
            issue: ticket bug defect problem
            bug: issue defect
            pull: pr pull-request merge-request
            repository: repo codebase project
            repo: repository project
            branch: branches master main
            commit: commits change diff
            release: version tag released come+out premiere date
            project: board workspace repo
            comment: remark reply note feedback thread
            reply: answer response comment
            label: tag category bug
            tag: label
            channel: room chat conversation group
            conversation: thread chat channel dm message
            thread: conversation reply
            reaction: emoji
            tweet: post
            post: tweet article
            flight: plane fly flying airline gate
            hotel: room accommodation stay lodging
            room: hotel kitchen bedroom bathroom study hallway pantry nursery attic laundry lounge cellar garage living office
            train: rail railway
            car: vehicle rental suv
            vehicle: car truck van
            rental: car hire rent
            restaurant: dinner lunch place+to+eat eatery food table
            trip: travel journey itinerary
            itinerary: trip plan route
            booking: reservation flight trip book
            reservation: booking
            seat: place window aisle
            rating: review rated star score top-rated highly-rated best-rated
            review: rating feedback opinion star
            price: cost expense cheap cheapest expensive fee fare rate pricing budget budget-friendly afford much
            cost: price expense fee much
            fare: price cost
            cuisine: food serve
            dietary: diet vegan vegetarian gluten-free halal kosher
            restriction: dietary allergy vegan vegetarian gluten-free halal kosher
            hour: opening open closed operating time
            opening: hour open
            fuel: electric hybrid diesel petrol gas gasoline
            address: location where street
            location: address place where
            weather: temperature forecast
            temperature: degree thermostat heating weather
            thermostat: heating temperature heat warm cold celsius
            light: lamp bulb dark bright brightness
            lock: door
            door: lock gate
            camera: cctv video cover
            device: appliance gadget fan plug lamp switch socket tv heater iron garage
            scene: routine mood night film morning dark
            routine: automation scene
            order: purchase bought ordered
            product: item article goods stock tent lamp shoe shirt headphone
            item: product
            cart: basket
            basket: cart
            wishlist: favourite favorite wish-list wish
            discount: coupon voucher promo deal
            coupon: discount voucher promo
            shipment: delivery parcel package shipping tracking track arrive
            delivery: shipment parcel package shipping
            return: refund send+back
            refund: return
            invoice: bill receipt bills unpaid
            bill: invoice
            receipt: invoice
            payment: transaction transfer rent bill invoice
            transaction: payment transfer purchase spend spent movement history bought bill payments
            transfer: payment
            payee: beneficiary recipient landlord
            beneficiary: payee recipient
            balance: money account fund left remaining
            account: balance profile
            statement: report
            card: credit debit visa mastercard
            subscription: plan membership
            plan: subscription
            loan: credit mortgage
            budget: limit allowance
            expense: reimbursement receipt cost claim taxi lunch dinner mileage
            standing: recurring monthly regular
            password: passcode passwd
            key: credential secret token ssh
            token: credential key
            secret: credential key password
            profile: account info phone address email name diet meal birthday
            information: info detail
            notification: alert
            setting: preference config configuration
            preference: setting
            permission: access right role viewer editor edit who
            role: permission
            server: machine instance vm box host node droplet
            instance: server machine vm
            database: db
            snapshot: backup image
            backup: snapshot
            dns: domain
            record: entry history chart file txt mx cname
            domain: dns
            log: logs
            metric: monitoring cpu memory load ram figure figures full
            deployment: release rollout
            firewall: rule
            volume: disk
            movie: film picture cinema
            film: movie
            tv: show series television sitcom season episode
            show: tv series
            season: series
            episode: part
            image: picture photo poster logo cover look+like pic screenshot look looks like appearance face still
            photo: image picture
            logo: image
            credit: actor actress cast star starred starring director directed direct directs guest crew play co-star co-starring lead played plays acted appear appearance role works filmography known
            cast: credit actor
            crew: credit director
            similar: like
            recommendation: recommend suggest
            keyword: tag
            popular: popularity well-known
            trending: trend hot hottest today
            top: best highest
            latest: newest recent
            playing: theater theatre cinema showing
            upcoming: soon
            airing: air today
            network: channel broadcaster
            collection: franchise
            patient: person mrs mr child baby
            doctor: physician practitioner provider gp dentist specialist
            practitioner: doctor provider
            prescription: medication medicine drug meds pill tablet naproxen ibuprofen antibiotic mg dose
            medication: prescription medicine drug
            lab: test result blood
            result: lab test outcome blood value
            allergy: allergies allergic
            leave: vacation holiday absence pto time+off day+off sick off day away
            vacation: leave holiday
            absence: leave away off
            payslip: payroll salary pay wage
            payroll: payslip salary
            salary: pay compensation wage raise year
            candidate: applicant
            job: position opening
            timesheet: hours
            lead: prospect
            deal: opportunity contract
            opportunity: deal
            pipeline: deal stage quarter
            campaign: newsletter
            stock: share symbol ticker
            watchlist: stock
            portfolio: holding investment
            time: clock hour timezone zone
            day: date today tomorrow yesterday
            date: day today
            history: past previous log recent happened activity last latest since
            invitation: invite
            survey: form
            song: track music
            playlist: music
            news: article headline
            article: post
            webpage: website page site link url
            url: link website
            wiki: page
            page: document wiki
            version: revision
            revision: version
            city: town place
            distance: far mile kilometre kilometer km
            exchange: currency convert
            currency: exchange
            insurance: policy
            policy: insurance rule allowance allowed
            tire: tyre
            engine: motor
            status: state gate delay delayed
            zipcode: zip postal postcode
            contract: agreement
            quote: estimate offer price
            offer: quote deal
            share: sharing access
            link: share url
            count: many number
            summary: overview
            number: phone mobile
            phone: number mobile telephone
            sensor: temperature humidity warm cold battery smoke
            blind: shutter curtain
            garage: gate
            recording: clip video footage
            music: radio song playlist sound
            playback: music radio song
            automation: rule schedule
            code: pin
            access: code entry key
            alarm: siren security
            vacuum: robot hoover
            energy: electricity power consumption used
            visa: citizen
            claim: expense
            traveller: passenger
            passport: expire
            hold: option
            limit: cap ceiling
            support: help service
            voucher: code coupon promo
            newsletter: mailing subscription
            milestone: sprint release
            sick: ill flu
            certificate: proof
            org: reports leads leader hierarchy
            chart: reports leads
            medicine: ibuprofen lithium drug pill
            referral: refer
            activity: call meeting visit log
            call: phone
            owner: assignee
            stage: status phase
            video: trailer clip
            list: top
            transport: train bus
            zone: domain
            rule: port
            allowance: allowed
            direct: private privately dm
            recipe: recipes
            quota: space storage
            storage: space
            ownership: owner\
            """;

    private Nouns() {}
}
